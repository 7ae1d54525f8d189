"""Which name records are compared with which participants: those that share a blocking key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from likeforlike.labs.definition import Lab
from likeforlike.linkage.keys import HASH, RULE, key_hashes_sql
from likeforlike.linkage.names import PARTICIPANT
from likeforlike.records.hash_index import Runs
from likeforlike.records.name_lines import RECORD

if TYPE_CHECKING:
    from likeforlike.records.register import Register

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
    """The standardised name records that are in a pair."""


def find_candidates(lab: Lab, cohort_names: pl.DataFrame, register: Register) -> Candidates:
    """Look up the name records that share a blocking key with a participant.

    Parameters
    ----------
    lab
        The lab; each identifier is a rule of its own, before the rules of `linkage.toml`.
    cohort_names
        The participants in standard form.
    register
        Where they are looked up.
    """
    keys = register.query(key_hashes_sql(lab, "cohort_names"), cohort_names=cohort_names)
    index = register.lookup.keys
    runs = index.find(keys[HASH].to_numpy())
    keys = keys.with_columns(start=runs.start, records=runs.length)
    kept = _affordable(keys.filter(pl.col("records").is_between(1, MOST_RECORDS)))
    position, records = index.numbers(Runs(kept["start"].to_numpy(), kept["records"].to_numpy()))
    found = pl.DataFrame({PARTICIPANT: kept[PARTICIPANT].gather(position), RECORD: records})
    pairs = found.unique().sort(PARTICIPANT, RECORD)
    return Candidates(pairs, register.lookup.names.take(pairs[RECORD].unique().sort()))


def _affordable(keys: pl.DataFrame) -> pl.DataFrame:
    """Of each rule the keys with the fewest pairs, as many as `MOST_PAIRS` allows."""
    blocks = keys.group_by(RULE, HASH).agg(pairs=pl.col("records").sum()).sort(RULE, "pairs", HASH)
    within = blocks.filter(pl.col("pairs").cum_sum().over(RULE) <= MOST_PAIRS)
    return keys.join(within, on=[RULE, HASH], how="semi").sort(RULE, HASH, PARTICIPANT)
