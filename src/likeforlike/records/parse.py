"""How one value of a department's table is read: DuckDB expressions for each type of `records.toml`."""

from __future__ import annotations

from datetime import date

from likeforlike.labs.definition import RecordColumn
from likeforlike.records.duckdb import quoted
from likeforlike.records.manifest import Fault

EARLIEST = date(1850, 1, 1)
YEARS_AHEAD = 50
"""Planned dates (a release) may lie after the extract, but no further than this."""

FLAGS: tuple[Fault | None, ...] = (
    None,
    "wrong_type",
    "unknown_code",
    "too_early",
    "too_late",
    "after_extract",
)
"""What the number in a column's flag stands for; 0 is a good value."""

WHOLE_NUMBER = "[+-]?[0-9]+([.]0*)?"
YES, NO = ("1", "true", "t", "y", "yes"), ("0", "false", "f", "n", "no")
DATE_FORMATS = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
)
NATIVE = {
    "date": ("DATE", "TIMESTAMP"),
    "integer": ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"),
    "number": ("FLOAT", "DOUBLE"),
    "boolean": ("BOOLEAN",),
}
SQL_TYPE = {"text": "VARCHAR", "date": "DATE", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


def raw(column: RecordColumn, name: str, stored_as: str) -> str:
    """The value as it stands in the file, null when it is empty.

    Parameters
    ----------
    column
        What `records.toml` says of it.
    name
        Its name in the file.
    stored_as
        Its DuckDB type in the file.
    """
    if stored_as in NATIVE.get(column.type, ()):
        return _name(name)
    text = f"nullif(trim(cast({_name(name)} as varchar)), '')"
    if column.type == "text":
        return text
    # Databases write nothing in many ways; in text the same letters may be a surname.
    return f"case when upper({text}) not in ('NULL', '\\N', 'N/A', 'NA', 'NONE') then {text} end"


def parsed(column: RecordColumn, value: str, stored_as: str) -> str:
    """The value in its proper type, null when it is none."""
    if stored_as in NATIVE.get(column.type, ()) and column.type != "number":
        return f"try_cast({value} as {SQL_TYPE[column.type]})"
    if column.type == "text":
        return _coded(column, value) if column.codes else value
    return _READ[column.type](value)


def _coded(column: RecordColumn, value: str) -> str:
    cases = " ".join(f"when {quoted(code.lower())} then {quoted(code)}" for code in column.codes)
    return f"case lower({value}) {cases} end"


def _date(value: str) -> str:
    return f"cast(try_strptime({value}, [{', '.join(quoted(f) for f in DATE_FORMATS)}]) as date)"


def _integer(value: str) -> str:
    return f"case when regexp_full_match({value}, '{WHOLE_NUMBER}') then try_cast({value} as bigint) end"


def _number(value: str) -> str:
    return f"case when isfinite(try_cast({value} as double)) then try_cast({value} as double) end"


def _boolean(value: str) -> str:
    yes, no = (", ".join(quoted(word) for word in words) for words in (YES, NO))
    return f"case when lower({value}) in ({yes}) then true when lower({value}) in ({no}) then false end"


_READ = {"date": _date, "integer": _integer, "number": _number, "boolean": _boolean}


def flag(column: RecordColumn, value: str, read: str, vintage: date) -> str:
    """Which of `FLAGS` a value deserves.

    Parameters
    ----------
    column
        What `records.toml` says of it.
    value, read
        Expressions of the raw and of the parsed value.
    vintage
        The date of the extract.
    """
    wrong = FLAGS.index("unknown_code" if column.codes else "wrong_type")
    cases = [f"when {value} is null then 0", f"when {read} is null then {wrong}"]
    if column.type == "date":
        latest = column.latest or date(vintage.year + YEARS_AHEAD, 12, 31)
        cases += [
            f"when {read} < date '{column.earliest or EARLIEST}' then {FLAGS.index('too_early')}",
            f"when {read} > date '{latest}' then {FLAGS.index('too_late')}",
            f"when {read} > date '{vintage}' then {FLAGS.index('after_extract')}",
        ]
    return f"cast(case {' '.join(cases)} else 0 end as utinyint)"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
