"""Which of a list's people were missed or mistaken, by kind; prints JSON.

python bench/linkage_parts/misses.py REGISTER LIST.xlsx TRUTH PEOPLE STANDARD.parquet

STANDARD.parquet holds the standardised name records, so that people who share no key with their record can be scored
all the same: what would they have reached if they had been compared?
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import polars as pl
from once import some

import likeforlike as lfl
from likeforlike.linkage.candidates import Candidates
from likeforlike.linkage.explain import waterfall
from likeforlike.linkage.names import cohort_names_sql
from likeforlike.linkage.score import score_pairs
from likeforlike.linkage.share import prior_shift
from likeforlike.synthetic import read_truth

TOP = 12
SLIGHT = 10
"""Bits below the threshold: a thousandth of the odds that are needed."""


def main(register: str, listed: str, truth: str, people: int, standard: str) -> None:
    lab = lfl.load_lab("justice")
    cohort = some(lfl.read_cohort(listed, lab), people)
    opened = lfl.open_register(register, lab)
    links = lfl.link(cohort, opened)
    who = cohort.people.join(read_truth(Path(truth)).rows, on="row", how="left").select(
        "participant", true="person_id"
    )
    linked = links.frame.select("participant", linked="person_id")
    both = who.join(linked, on="participant", how="left")
    missed = both.filter(pl.col("true").is_not_null() & ~pl.col("linked").eq_missing(pl.col("true")))
    mistaken = both.filter(pl.col("linked").is_not_null() & ~pl.col("linked").eq_missing(pl.col("true")))
    candidates = links.candidates.select(
        "participant", "person_id", "record", "match_weight", "match_probability"
    )
    needed = math.log2(lab.linkage.threshold / (1 - lab.linkage.threshold))
    kinds = kinds_of(missed, candidates, links.frame["person_id"], needed)
    below = kinds.filter(pl.col("kind") == "too little evidence").join(
        candidates, left_on=["participant", "true"], right_on=["participant", "person_id"]
    )
    wrong = mistaken.join(
        candidates, left_on=["participant", "linked"], right_on=["participant", "person_id"]
    )
    print(
        json.dumps(
            {
                "people": cohort.people.height,
                "in register": both["true"].count(),
                "missed": counted(kinds, "kind"),
                "missed for too little evidence": counted(patterns(cohort, opened, below), "pattern"),
                "too little evidence: somebody else fits as well or better": rivals(below, candidates),
                "too little evidence: share of the odds needed": reached(below["match_weight"], needed),
                "no key in common: share of the odds needed, if compared": reached(
                    uncompared(cohort, opened, kinds, standard, links.share), needed
                ),
                "mistaken": {
                    "in the register, linked to another": mistaken["true"].count(),
                    "not in the register": mistaken["true"].null_count(),
                },
                "mistaken, by pattern": counted(patterns(cohort, opened, wrong), "pattern"),
            }
        )
    )


def uncompared(
    cohort: lfl.Cohort, register: lfl.Register, kinds: pl.DataFrame, standard: str, share: float
) -> pl.Series:
    """The match weights that people without a key in common would have with their best record."""
    none = kinds.filter(pl.col("kind") == "no key in common")
    names = register.query(cohort_names_sql(cohort.lab), people=cohort.people)
    wanted = pl.scan_parquet(standard).filter(pl.col("person_id").is_in(none["true"].implode()))
    pool = wanted.select(register.lookup.names.take(pl.Series([0])).columns).collect()
    pairs = none.join(pool.select("record", true="person_id"), on="true").select("participant", "record")
    if pairs.is_empty():
        return pl.Series("match_weight", [], dtype=pl.Float64)
    scored = score_pairs(cohort.lab, names, Candidates(pairs.sort("participant", "record"), pool), register)
    best = scored.group_by("participant").agg(pl.col("match_weight").max())
    return best["match_weight"] + prior_shift(share, cohort.lab.linkage.expected_share)


def reached(weights: pl.Series, needed: float) -> dict[str, int]:
    below = needed - weights
    return {
        "enough": int((below <= 0).sum()),
        "a thousandth or more": int(((below > 0) & (below <= SLIGHT)).sum()),
        "less": int((below > SLIGHT).sum()),
    }


def rivals(below: pl.DataFrame, candidates: pl.DataFrame) -> int:
    """Of the people missed for too little evidence, those for whom another person weighs as much or more."""
    both = below.select("participant", "true", own="match_weight").join(candidates, on="participant")
    better = both.filter((pl.col("person_id") != pl.col("true")) & (pl.col("match_weight") >= pl.col("own")))
    return better["participant"].n_unique()


def kinds_of(missed: pl.DataFrame, candidates: pl.DataFrame, found: pl.Series, needed: float) -> pl.DataFrame:
    own = missed.join(
        candidates, left_on=["participant", "true"], right_on=["participant", "person_id"], how="left"
    )
    best = candidates.group_by("participant").agg(greatest=pl.col("match_weight").max())
    return (
        own.join(best, on="participant", how="left")
        .with_columns(
            kind=pl.when(pl.col("true").is_in(found.implode()))
            .then(pl.lit("listed twice, the other row is linked"))
            .when(pl.col("match_weight").is_null())
            .then(pl.lit("no key in common"))
            .when(pl.col("linked").is_not_null())
            .then(pl.lit("another person fits better"))
            .when(pl.col("greatest") >= needed)
            .then(pl.lit("several persons fit about equally"))
            .otherwise(pl.lit("too little evidence"))
        )
        .select("participant", "true", "kind")
    )


def patterns(cohort: lfl.Cohort, register: lfl.Register, pairs: pl.DataFrame) -> pl.DataFrame:
    """What differs and what is missing in each pair."""
    if pairs.is_empty():
        return pl.DataFrame(schema={"pattern": pl.String})
    names = register.query(cohort_names_sql(cohort.lab), people=cohort.people)
    steps = waterfall(cohort.lab, names, pairs, register)
    weighed = steps.filter((pl.col("step") > 0) & (pl.col("step") % 2 == 1))
    told = weighed.group_by("participant", "record").agg(
        differs=pl.col("field").filter(pl.col("weight") < 0).sort().str.join(", "),
        missing=pl.col("field").filter(pl.col("weight") == 0).sort().str.join(", "),
    )
    return told.select(pattern=pl.format("differs: {}; missing: {}", "differs", "missing"))


def counted(frame: pl.DataFrame, by: str) -> dict[str, int]:
    top = frame.group_by(by).len().sort("len", by, descending=[True, False]).head(TOP)
    return dict(top.iter_rows())


if __name__ == "__main__":
    main(*sys.argv[1:4], int(sys.argv[4]), sys.argv[5])
