"""Both sides as tables in standard form: the register's name records and the cohort's participants."""

from __future__ import annotations

from likeforlike.labs.definition import Lab, LinkField
from likeforlike.linkage.read import name_roots
from likeforlike.linkage.standardise import standardised
from likeforlike.records.name_lines import RECORD

PERSON = "person_id"
PARTICIPANT = "participant"


def root_of(field: LinkField) -> str:
    """The column that holds the name a nickname stands for."""
    return f"{field.name}_root"


def columns_of(lab: Lab) -> list[str]:
    """The standardised columns that both sides share."""
    fields = [f.name for f in lab.linkage.field]
    return fields + [root_of(f) for f in lab.linkage.field if f.kind == "name"]


def register_names_sql(lab: Lab) -> str:
    """The register's name records: `record`, `person_id` and the standardised columns, by person."""
    by_row = f"({names_by_row_sql(lab, quoted_table(lab))})"
    return (
        f"select cast(row_number() over () - 1 as bigint) as {RECORD}, * from ("
        f"{whole_names_sql(lab, by_row)} order by {', '.join(names_order(lab))})"
    )


def quoted_table(lab: Lab) -> str:
    """The table of names, as SQL writes it."""
    return f'"{lab.linkage.table}"'


def names_order(lab: Lab) -> list[str]:
    """What name records are sorted by: the person, then the table's key."""
    return [PERSON, *_keys(lab)]


def names_by_row_sql(lab: Lab, relation: str) -> str:
    """The register's names in standard form, each row by itself."""
    return _standard_sql(lab, relation, "records", {PERSON: lab.linkage.person} | _keys(lab))


def whole_names_sql(lab: Lab, relation: str) -> str:
    """Name records from the rows of `names_by_row_sql`, without order.

    An identifier names a person, so it is filled in on those of the person's records that lack it, unless
    the person has two of them.
    """
    linkage = lab.linkage
    kept = [f.name for f in linkage.field if f.name not in linkage.identifier] + [
        root_of(f) for f in linkage.field if f.kind == "name"
    ]
    filled = [_filled(name) for name in linkage.identifier]
    return f"select {PERSON}, {', '.join([*kept, *filled])} from {relation}"


def _keys(lab: Lab) -> dict[str, str]:
    return {f"key_{i}": column for i, column in enumerate(lab.records.get(lab.linkage.table).key)}


def cohort_names_sql(lab: Lab) -> str:
    """The participants of the frame `people`: `participant` and the standardised columns."""
    return _standard_sql(lab, "people", "cohort", {PARTICIPANT: PARTICIPANT})


def _filled(name: str) -> str:
    least, greatest = (f"{end}({name}) over (partition by {PERSON})" for end in ("min", "max"))
    return f"coalesce({name}, case when {least} = {greatest} then {least} end) as {name}"


def _standard_sql(lab: Lab, relation: str, side: str, keep: dict[str, str]) -> str:
    fields = lab.linkage.field
    names = [f for f in fields if f.kind == "name"]
    kept = [f"s.{column} as {name}" for name, column in keep.items()]
    values = [f"{standardised(lab, f, 's.' + getattr(f, side))} as {f.name}" for f in fields]
    roots_of = name_roots()
    # split from one text each: a thousand values in a query take ten times as long to plan as to join
    both = (f"unnest(string_split('{' '.join(words)}', ' '))" for words in (roots_of, roots_of.values()))
    roots = [f"n_{f.name}.root as {root_of(f)}" for f in names]
    joins = [
        f"left join nicknames n_{f.name} on n_{f.name}.name = split_part({f.name}, ' ', 1)" for f in names
    ]
    plain = [f"t.{name}" for name in (*keep, *(f.name for f in fields))]
    return (
        f"with nicknames(name, root) as (select {', '.join(both)}), "
        f"standard as (select {', '.join(kept + values)} from {relation} s) "
        f"select {', '.join(plain + roots)} from standard t {' '.join(joins)}"
    )
