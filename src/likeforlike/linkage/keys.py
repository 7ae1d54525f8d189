"""Blocking keys: the values that two records must share to be compared, as text that both sides hash alike."""

from __future__ import annotations

from likeforlike.labs.definition import Lab
from likeforlike.linkage.names import PARTICIPANT
from likeforlike.records.hash_index import entry_sql
from likeforlike.records.name_lines import RECORD

RULE, HASH = "rule", "hash"
SEPARATOR = 31
"""The code of a character that no standardised value holds."""


def blocking_rules(lab: Lab) -> list[tuple[str, ...]]:
    """The lab's rules; each identifier is a rule of its own, before those of `linkage.toml`."""
    return list(dict.fromkeys([*((name,) for name in lab.linkage.identifier), *lab.linkage.blocking]))


def weighed_fields(lab: Lab) -> list[str]:
    """Fields in which agreeing on a rare value counts for more."""
    return [c.field for c in lab.linkage.comparison if c.term_frequency]


def key_entries_sql(lab: Lab, relation: str, bits: int) -> str:
    """Entries of the register's key index: `entry`, one for each record and rule."""
    return " union all ".join(
        f"select {entry_sql(_key(number, rule), RECORD, bits)} as entry from {relation} where {_known(rule)}"
        for number, rule in enumerate(blocking_rules(lab))
    )


def key_hashes_sql(lab: Lab, relation: str) -> str:
    """The keys of participants: `rule, hash, participant`."""
    return " union all ".join(
        f"select {number} as {RULE}, hash({_key(number, rule)}) as {HASH}, {PARTICIPANT} "
        f"from {relation} where {_known(rule)}"
        for number, rule in enumerate(blocking_rules(lab))
    )


def frequency_entries_sql(lab: Lab, relation: str, bits: int) -> str:
    """Entries of the register's frequency index: `entry`, one for each value of a weighed field."""
    counted = [
        f"select {entry_sql(_value(field), 'count(*)', bits)} as entry from {relation} "
        f"where {field} is not null group by {field}"
        for field in weighed_fields(lab)
    ]
    return " union all ".join(counted or ["select 0::ubigint as entry where false"])


def value_hashes_sql(field: str, relation: str) -> str:
    """The different values of a field: the value under the field's name, and `hash`."""
    return (
        f"select distinct {field}, hash({_value(field)}) as {HASH} from {relation} where {field} is not null"
    )


def _key(number: int, rule: tuple[str, ...]) -> str:
    return f"concat_ws(chr({SEPARATOR}), {number}, {', '.join(rule)})"


def _known(rule: tuple[str, ...]) -> str:
    return " and ".join(f"({expression}) is not null" for expression in rule)


def _value(field: str) -> str:
    return f"concat_ws(chr({SEPARATOR}), '{field}', {field})"
