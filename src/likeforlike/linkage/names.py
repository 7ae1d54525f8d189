"""Both sides as tables in standard form: the register's name records and the cohort's participants."""

from __future__ import annotations

from likeforlike.labs.definition import Lab, LinkField
from likeforlike.linkage.read import nickname_roots
from likeforlike.linkage.standardise import standardised

RECORD = "record"
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
    """The register's name records: `record`, `person_id` and the standardised columns, by person.

    An identifier names a person, so it is filled in on those of the person's records that lack it, unless
    the person has two of them.
    """
    linkage = lab.linkage
    key = ", ".join(lab.records.get(linkage.table).key)
    plain = _standard_sql(lab, f'"{linkage.table}"', "records", f"{linkage.person} as {PERSON}, {key}")
    kept = [f.name for f in linkage.field if f.name not in linkage.identifier] + [
        root_of(f) for f in linkage.field if f.kind == "name"
    ]
    filled = [_filled(name) for name in linkage.identifier]
    return (
        f"select cast(row_number() over () - 1 as bigint) as {RECORD}, * from ("
        f"select {PERSON}, {', '.join([*kept, *filled])} from ({plain}) order by {PERSON}, {key})"
    )


def cohort_names_sql(lab: Lab) -> str:
    """The participants of the frame `people`: `participant` and the standardised columns."""
    return _standard_sql(lab, "people", "cohort", PARTICIPANT)


def frequencies_sql(lab: Lab) -> str:
    """How common each value is among all name records: `field, value, frequency`, for the fields that weigh it."""
    fields = [c.field for c in lab.linkage.comparison if c.term_frequency]
    counted = [
        f"select '{f}' as field, {f} as value, count(*) / sum(count(*)) over () as frequency "
        f"from linkage_names where {f} is not null group by {f}"
        for f in fields
    ]
    nothing = "select '' as field, '' as value, 0.0::double as frequency where false"
    return f"{' union all '.join(counted or [nothing])} order by field, value"


def _filled(name: str) -> str:
    own = f"over (partition by {PERSON})"
    return f"coalesce({name}, case when min({name}) {own} = max({name}) {own} then min({name}) {own} end) as {name}"


def _standard_sql(lab: Lab, relation: str, side: str, keep: str) -> str:
    fields = lab.linkage.field
    values = ", ".join(f"{standardised(lab, f, 's.' + getattr(f, side))} as {f.name}" for f in fields)
    kept = ", ".join(part.split(" as ")[-1].strip() for part in keep.split(","))
    names = [f for f in fields if f.kind == "name"]
    pairs = ", ".join(f"('{name}', '{root}')" for name, root in nickname_roots().items())
    roots = "".join(f", n_{f.name}.root as {root_of(f)}" for f in names)
    joins = " ".join(
        f"left join nicknames n_{f.name} on n_{f.name}.name = split_part(t.{f.name}, ' ', 1)" for f in names
    )
    return (
        f"with nicknames(name, root) as (values {pairs}), "
        f"standard as (select {', '.join('s.' + part.strip() for part in keep.split(','))}, {values} from {relation} s) "
        f"select {', '.join('t.' + part.strip() for part in kept.split(','))}, "
        f"{', '.join('t.' + f.name for f in fields)}{roots} from standard t {joins}"
    )
