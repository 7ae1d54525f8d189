"""Histograms of scores and weights, and who was lost."""

import math

import numpy as np
import polars as pl
import pytest

from likeforlike.labs.definition import Covariate
from likeforlike.matching.overlap import BINS, overlap, weight_spread
from likeforlike.matching.profile import profile


def floats(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


def test_histograms_of_both_groups():
    found = overlap(
        floats(0, 1, 2, 4), floats(-3, 0, 1.5, 4, 9), floats(1, 1, 1, 0), floats(0, 1, 2, 0, 0), step=2
    )
    assert found.frame["low"].to_list() == [None, 0, 2, 4, 6]
    assert found.frame["high"].to_list() == [0, 2, 4, 6, None]
    assert found.frame["treated"].to_list() == [0, 0.5, 0.25, 0.25, 0]
    assert found.frame["pool"].to_list() == pytest.approx([0.2, 0.4, 0, 0.2, 0.2])
    assert found.frame["matched"].to_list() == pytest.approx([0, 2 / 3, 1 / 3, 0, 0])
    assert found.frame["comparison"].to_list() == [0, 1, 0, 0, 0]
    assert found.frame["people_matched"].to_list() == [0, 2, 1, 0, 0]
    assert found.frame["people_comparison"].to_list() == [0, 2, 0, 0, 0]
    assert found.frame["effective_matched"].to_list() == [0, 2, 1, 0, 0]
    assert found.frame["effective_comparison"].to_list() == pytest.approx([0, 9 / 5, 0, 0, 0])
    assert found.coefficient_before == pytest.approx(0.4 + 0.2)
    assert found.coefficient_after == pytest.approx(2 / 3)
    assert found.outside == 0
    assert found.to_dict()["bins"] == found.to_frame().to_dicts()
    assert found.summary().startswith("Scores overlap by 60% before matching and 67% after; 0% of")


def test_participants_beyond_the_pool_and_units_without_a_score():
    found = overlap(floats(0, 5, 9, math.nan), floats(1, 6, math.nan), np.ones(4), np.ones(3))
    assert found.outside == pytest.approx(2 / 3)


def test_one_score_alone_still_has_bins():
    found = overlap(floats(2), floats(2, 2.1, 7), floats(1), np.ones(3))
    assert found.frame["treated"].sum() == 1
    assert found.coefficient_before == pytest.approx(2 / 3)


def test_nobody_overlaps_with_nobody():
    found = overlap(floats(), floats(1, 2), floats(), floats(0, 0))
    assert (found.coefficient_before, found.coefficient_after, found.outside) == (None, None, None)
    assert found.frame["comparison"].null_count() == found.frame.height
    assert "not known" in found.summary()


def test_a_bin_has_some_width():
    with pytest.raises(ValueError, match="some width"):
        overlap(floats(0), floats(0), floats(1), floats(1), step=0)


@pytest.mark.parametrize("farthest", [0.0, 3.1, 40.0, -900.0, 1e9, 1e300])
def test_bins_are_few_and_their_ends_are_nobodys_score(farthest):
    scores = floats(0.3, 1.7, farthest)
    found = overlap(scores, scores, np.ones(3), np.ones(3)).frame
    assert 3 <= found.height <= BINS + 2
    ends = found["high"].drop_nulls().to_numpy()
    assert (ends % 0.25 == 0).all()
    assert found["people_treated"].to_list()[0] == 0
    assert found["people_treated"].sum() == 3


def test_how_weight_is_shared_out():
    found = weight_spread(floats(0, 0, 1, 1, 1, 5))
    assert (found.used, found.unused, found.largest) == (4, 2, 5)
    assert found.largest_share == pytest.approx(5 / 8)
    assert found.effective == pytest.approx(64 / 28)
    held = found.frame.filter(pl.col("people") > 0)
    assert held.rows() == [(0.25, 0.5, 3, pytest.approx(3 / 8)), (2.0, 4.0, 1, pytest.approx(5 / 8))]
    assert found.summary().startswith("4 people form the comparison, as informative as 2 ")
    assert found.to_dict()["bins"] == found.to_frame().to_dicts()


def test_equal_weights_share_a_bar_to_the_last_digit():
    found = weight_spread(np.full(7, 0.1))
    assert found.frame.filter(pl.col("people") > 0).select("high", "people").rows() == [(1.0, 7)]


def test_no_weight_at_all():
    found = weight_spread(floats(0, 0))
    assert (found.used, found.largest, found.largest_share, found.effective) == (0, 0, 0, 0)


AGE = Covariate(name="age", label="Age", kind="number", group="Person")
SEX = Covariate(name="sex", label="Sex", kind="category", group="Person", levels={"m": "Man", "f": "Woman"})
PEOPLE = pl.DataFrame(
    {
        "treated": [True] * 4 + [False] * 4,
        "weight": [1.0, 1.0, 1.0, 0.0, 0.5, 2.5, 0.0, 0.0],
        "age": [20, 30, 40, 70, 20, 40, 50, None],
        "sex": ["m", "m", "f", "f", "m", "f", "f", "f"],
    }
)


def test_groups_side_by_side():
    found = profile(PEOPLE, [AGE, SEX])
    rows = {(r["covariate"], r["level"], r["statistic"]): r for r in found.frame.iter_rows(named=True)}
    assert list(rows) == [
        *[("age", "", s) for s in ("mean", "sd", "lower_quartile", "median", "upper_quartile")],
        ("age", "not recorded", "share"),
        ("sex", "Man", "share"),
        ("sex", "Woman", "share"),
    ]
    groups = ("treated", "matched", "lost", "pool", "comparison")
    mean, sd, median = (rows["age", "", s] for s in ("mean", "sd", "median"))
    assert [mean[g] for g in groups] == pytest.approx([40, 30, 70, 110 / 3, 110 / 3])
    assert [median[g] for g in groups] == [30, 30, 70, 40, 40]
    assert sd["treated"] == pytest.approx(math.sqrt(1400 / 3))
    assert sd["lost"] is None
    assert mean["smd_lost"] == pytest.approx(40 / math.sqrt(1400 / 3))
    assert [rows["sex", "Man", "share"][g] for g in groups] == pytest.approx([0.5, 2 / 3, 0, 0.25, 1 / 6])
    assert rows["sex", "Man", "share"]["smd_lost"] == pytest.approx(-4 / 3)
    assert rows["age", "not recorded", "share"]["pool"] == 0.25
    assert found.people["people"].to_list() == [4, 3, 1, 4, 2]
    assert found.people["effective"].to_list() == pytest.approx([4, 3, 1, 4, 9 / 6.5])
    assert (
        found.summary()
        == "1 participants have no match; they differ most from the matched on Age (+1.85 SD)."
    )
    assert len(found.to_dict()["figures"]) == found.to_frame().height


def test_how_many_have_what_is_told():
    rows = {
        (r["covariate"], r["level"], r["statistic"]): r for r in profile(PEOPLE, [AGE, SEX]).frame.to_dicts()
    }
    counts = ("n_matched", "n_lost", "largest_lost")
    assert [rows["age", "", "mean"][c] for c in counts] == [3, 1, 1.0]
    assert [rows["age", "", "sd"][c] for c in counts] == [None] * 3
    assert [rows["sex", "Man", "share"][c] for c in counts] == [2, 0, None]
    assert [rows["sex", "Woman", "share"][c] for c in counts] == [1, 1, None]


def test_nobody_lost():
    found = profile(PEOPLE.filter(~pl.col("treated") | (pl.col("weight") > 0)), [AGE, SEX])
    assert found.summary() == "Every participant has a match."
    assert found.frame["lost"].null_count() == found.frame.height
    assert found.frame["smd_lost"].null_count() == found.frame.height


def test_everybody_lost():
    found = profile(PEOPLE.with_columns(weight=0.0), [AGE])
    assert found.summary() == "4 participants have no match."
    assert found.frame["comparison"].null_count() == found.frame.height
