"""Which name records are compared with which participants: those that share a blocking key."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from likeforlike.labs.definition import Lab
from likeforlike.linkage.names import PARTICIPANT, RECORD
from likeforlike.records.engine import Engine

MOST_RECORDS = 1_000
"""A key that more name records share tells nobody apart (a hostel's postcode, the first of January 1900)."""
MOST_PAIRS = 2_000_000
"""Pairs that one rule may give; the keys with the most pairs are left out first."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs to be scored, and the name records in them."""

    pairs: pl.DataFrame
    """`participant, record`, each pair once."""
    pool: pl.DataFrame
    """The rows of `linkage_names` that are in a pair."""


def find_candidates(lab: Lab, cohort_names: pl.DataFrame, engine: Engine) -> Candidates:
    """Look up the name records that share a blocking key with a participant.

    Parameters
    ----------
    lab
        The lab; each identifier is a rule of its own, before the rules of `linkage.toml`.
    cohort_names
        The participants in standard form.
    engine
        The register.
    """
    rules = dict.fromkeys([*((name,) for name in lab.linkage.identifier), *lab.linkage.blocking])
    found = [engine.query(_rule_sql(rule), cohort_names=cohort_names) for rule in rules]
    pairs = pl.concat(found).unique().sort(PARTICIPANT, RECORD)
    pool = engine.query(f"select * from linkage_names semi join pairs using ({RECORD})", pairs=pairs)
    return Candidates(pairs, pool)


def _rule_sql(rule: tuple[str, ...]) -> str:
    keys = [f"k{i}" for i in range(len(rule))]
    key, expressions = ", ".join(keys), ", ".join(f"{e} as k{i}" for i, e in enumerate(rule))
    known = " and ".join(f"{k} is not null" for k in keys)
    return f"""
    with cohort as (select * from (select {PARTICIPANT}, {expressions} from cohort_names) where {known}),
    wanted as (select {key}, count(*) as participants from cohort group by {key}),
    names as (
        select * from (select {RECORD}, {expressions} from linkage_names) semi join wanted using ({key})
    ),
    blocks as (
        select {key}, count(*) as records, count(*) * any_value(participants) as pairs
        from names join wanted using ({key}) group by {key}
    ),
    kept as (
        select {key} from blocks where records <= {MOST_RECORDS}
        qualify sum(pairs) over (order by pairs, {key} rows unbounded preceding) <= {MOST_PAIRS}
    )
    select {PARTICIPANT}, {RECORD} from cohort join kept using ({key}) join names using ({key})
    """
