"""Which of a list's people were missed or mistaken, by kind; prints JSON.

python bench/linkage_parts/misses.py REGISTER LIST.xlsx TRUTH PEOPLE
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl
from once import some

import likeforlike as lfl
from likeforlike.linkage.explain import waterfall
from likeforlike.linkage.names import cohort_names_sql
from likeforlike.synthetic import read_truth

TOP = 12


def main(register: str, listed: str, truth: str, people: int) -> None:
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
    kinds = kinds_of(missed, candidates, links.frame["person_id"])
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
                "mistaken": {
                    "in the register, linked to another": mistaken["true"].count(),
                    "not in the register": mistaken["true"].null_count(),
                },
                "mistaken, by pattern": counted(patterns(cohort, opened, wrong), "pattern"),
            }
        )
    )


def kinds_of(missed: pl.DataFrame, candidates: pl.DataFrame, found: pl.Series) -> pl.DataFrame:
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
            .when(pl.col("greatest") >= 3.17)
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
    main(*sys.argv[1:4], int(sys.argv[4]))
