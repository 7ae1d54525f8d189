"""Whatever the match weights: the probabilities of one participant are parts of a whole."""

import math
from types import SimpleNamespace

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.linkage.resolve import person_candidates

LAB = SimpleNamespace(linkage=SimpleNamespace(identifier=(), identifier_evidence=10))
ROUNDING = 5.1e-7
weights = st.one_of(
    st.floats(-50, 50), st.floats(-1e9, 1e9, allow_subnormal=False), st.sampled_from([0.0, 1e15, -1e15])
)
pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 8), weights), min_size=1, max_size=30)


def candidates(rows) -> pl.DataFrame:
    scored = pl.DataFrame(
        [(p, r, f"P{person}", w, 0.0) for r, (p, person, w) in enumerate(rows)],
        schema={
            "participant": pl.Int64,
            "record": pl.Int64,
            "person_id": pl.String,
            "match_weight": pl.Float64,
            "checks": pl.Float64,
        },
        orient="row",
    )
    return person_candidates(
        LAB, scored, scored.select("participant").unique(), scored.select("record", "person_id")
    )


@given(pairs)
def test_probabilities_are_parts_of_a_whole(rows):
    found = candidates(rows)
    assert found["match_probability"].is_between(0, 1).all()
    assert found["match_probability"].is_finite().all()
    for _, own in found.group_by("participant"):
        assert own["match_probability"].sum() <= 1 + ROUNDING * own.height


@given(pairs)
def test_who_fits_better_is_likelier(rows):
    for _, own in candidates(rows).group_by("participant"):
        assert own.sort("match_weight")["match_probability"].is_sorted()


@given(pairs)
def test_nobody_is_likelier_than_alone(rows):
    for row in candidates(rows).to_dicts():
        alone = 1 / (1 + math.exp2(-row["match_weight"])) if row["match_weight"] > -1_000 else 0
        assert row["match_probability"] <= alone + ROUNDING


@given(pairs, st.randoms())
def test_the_order_of_pairs_does_not_matter(rows, random):
    kept = ["participant", "person_id", "match_weight", "match_probability"]
    mixed = candidates(random.sample(rows, len(rows)))
    assert mixed.select(kept).equals(candidates(rows).select(kept))
