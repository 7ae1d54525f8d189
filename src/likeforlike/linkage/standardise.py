"""How a value is written before it is compared: one rule for each kind of field, for both sides alike.

Dates that are kept as text are read year first. Expressions are in DuckDB's dialect, so the same text runs over a
cohort of sixty and a register of millions.
"""

from __future__ import annotations

import re

from likeforlike.labs.definition import Column, Lab, LinkField

LONGEST = 60
"""Letters of a name or text that are compared; nobody is told apart by what comes after."""
LETTERS = {"ß": "SS", "Æ": "AE", "æ": "AE", "Œ": "OE", "œ": "OE", "Þ": "TH", "þ": "TH"}
SINGLE = ("ØøŁłĐđÐðıİ", "OOLLDDDDII")
APOSTROPHES = "['’‘`´ʼʹ′]"
TITLES = "MR|MRS|MISS|MS|MX|DR|PROF|REV|SIR|LADY|LORD"
JOINED = "O|MC|MAC|FITZ"
"""Beginnings that are written apart or together: O NEILL, ONEILL."""
NO_FIXED_ABODE = "ZZ99"
YEAR_FIRST = r"^\s*(\d{4})[-/. ]?(\d{2})[-/. ]?(\d{2})\s*$"


def standardised(lab: Lab, field: LinkField, value: str) -> str:
    """An expression for the standard form of a value, as text; null when it says nothing.

    Parameters
    ----------
    lab
        The lab; the cohort's column says which codes and identifiers can be compared at all.
    field
        The field; its kind chooses the rule.
    value
        An expression of the value as it stands.
    """
    text = f"cast({value} as varchar)"
    if field.kind == "date":
        return _date(value)
    plain = {"name": _name, "postcode": _postcode, "text": _text}
    if field.kind in plain:
        return plain[field.kind](text)
    column = lab.columns.get(field.cohort)
    return _code(text, column) if field.kind == "code" else _identifier(text, field, column)


def _code(text: str, column: Column) -> str:
    plain = f"nullif(lower(trim({text})), '')"
    if not column.choices:
        return plain
    # A code the cohort cannot give ("unknown") is no evidence against anyone.
    known = ", ".join(quoted(code.lower()) for code in column.choices)
    return f"case when {plain} in ({known}) then {plain} end"


def _date(value: str) -> str:
    # A day that does not exist (1946-13-70) is a slip; its other parts still tell people apart.
    text, pattern = f"cast({value} as varchar)", quoted(YEAR_FIRST)
    parts = f"regexp_replace({text}, {pattern}, '\\1-\\2-\\3')"
    typed = f"case when regexp_matches({text}, {pattern}) then {parts} end"
    return f"coalesce(strftime(try_cast({value} as date), '%Y-%m-%d'), {typed})"


def _postcode(text: str) -> str:
    compact = f"regexp_replace(upper({text}), '[^0-9A-Z]', '', 'g')"
    return f"case when not starts_with({compact}, '{NO_FIXED_ABODE}') then nullif({compact}, '') end"


def _identifier(text: str, field: LinkField, column: Column) -> str:
    text = f"upper(trim({text}))"
    for pattern, replacement in field.canonical:
        into = re.sub(r"\$(\d)", r"\\\1", replacement)
        text = f"regexp_replace({text}, {quoted(pattern)}, {quoted(into)}, 'g')"
    if column.pattern:
        return f"case when regexp_matches({text}, {quoted(column.pattern)}) then {text} end"
    return f"nullif({text}, '')"


def _text(text: str) -> str:
    text = f"trim(regexp_replace({_plain_letters(text)}, '[^\\p{{L}}0-9]+', ' ', 'g'))"
    return f"nullif(trim(left({text}, {LONGEST})), '')"


def _plain_letters(text: str) -> str:
    """Capitals without accents and apostrophes."""
    for letter, into in LETTERS.items():
        text = f"replace({text}, '{letter}', '{into}')"
    text = f"upper(strip_accents(translate({text}, '{SINGLE[0]}', '{SINGLE[1]}')))"
    return f"regexp_replace({text}, {quoted(APOSTROPHES)}, '', 'g')"


def _name(text: str) -> str:
    text = _plain_letters(text)
    text = f"trim(regexp_replace({text}, '[^\\p{{L}}]+', ' ', 'g'))"
    text = f"regexp_replace({text}, '^(?:(?:{TITLES}) )+(\\p{{L}})', '\\1')"
    text = f"regexp_replace({text}, '\\b({JOINED}) (\\p{{L}})', '\\1\\2', 'g')"
    return f"nullif(trim(left({text}, {LONGEST})), '')"


def quoted(text: str) -> str:
    """The text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"
