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
"""Pairs that all rules together may give; the keys with the most pairs are left out first."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs to be scored, and the name records in them."""

    pairs: pl.DataFrame
    """`participant, record`, each pair once."""
    pool: pl.DataFrame
    """The standardised name records that are in a pair."""
    left_out: int = 0
    """Participants of whom a key was not used, because too many records or participants share it."""


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
    known = keys.filter(pl.col("records") > 0)
    kept = _affordable(known.filter(pl.col("records") <= MOST_RECORDS))
    left_out = known.join(kept, on=[RULE, HASH, PARTICIPANT], how="anti")[PARTICIPANT].n_unique()
    position, records = index.numbers(Runs(kept["start"].to_numpy(), kept["records"].to_numpy()))
    found = pl.DataFrame({PARTICIPANT: kept[PARTICIPANT].gather(position), RECORD: records})
    pairs = found.unique().sort(PARTICIPANT, RECORD)
    return Candidates(pairs, register.lookup.names.take(pairs[RECORD].unique().sort()), left_out)


def _affordable(keys: pl.DataFrame) -> pl.DataFrame:
    """The keys with the fewest pairs, as many as `MOST_PAIRS` allows."""
    blocks = keys.group_by(RULE, HASH).agg(pairs=pl.col("records").sum()).sort("pairs", RULE, HASH)
    within = blocks.filter(pl.col("pairs").cum_sum() <= MOST_PAIRS)
    return keys.join(within, on=[RULE, HASH], how="semi").sort(RULE, HASH, PARTICIPANT)
