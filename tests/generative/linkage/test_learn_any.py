"""Whatever was counted: levels stay shares of a whole, and move towards the counts."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.linkage.learn import learnt_model

COUNTS = {"field": pl.String, "level": pl.Int64, "pairs": pl.Int64}


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 5_000)), min_size=2, max_size=7))
def test_levels_stay_shares_of_a_whole_and_move_towards_the_counts(levels):
    prior = [part / sum(p for p, _ in levels) for part, _ in levels]
    seen = [n for _, n in levels]
    places = [len(levels) - 1 - i for i in range(len(levels))]
    counts = pl.DataFrame(
        [("f", level, n) for level, n in zip(places, seen, strict=True)], schema=COUNTS, orient="row"
    )
    old = {
        "comparisons": [
            {"output_column_name": "f", "comparison_levels": [{"m_probability": m} for m in prior]}
        ]
    }
    learnt = [v["m_probability"] for v in learnt_model(old, counts)["comparisons"][0]["comparison_levels"]]
    assert abs(sum(learnt) - 1) < 1e-5
    if sum(seen):
        for before, after, count in zip(prior, learnt, seen, strict=True):
            low, high = sorted((before, count / sum(seen)))
            assert low - 1e-6 <= after <= high + 1e-6
