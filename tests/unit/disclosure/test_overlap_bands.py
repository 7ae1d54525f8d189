"""Bands of scores are deep, equally wide and round; a shallow middle makes them wider, or leaves nothing."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from likeforlike.disclosure.overlap import deep_bands, overlap_rows, overlap_rule
from likeforlike.labs import load_lab
from likeforlike.matching.diagnostics import Diagnostics
from likeforlike.matching.overlap import overlap

PROFILE = load_lab("justice").disclosure
RNG = np.random.default_rng(1)


def diagnostics(at: np.ndarray, pool: np.ndarray, at_weight=None, pool_weight=None) -> Diagnostics:
    own = np.ones(len(at)) if at_weight is None else at_weight
    others = np.ones(len(pool)) if pool_weight is None else pool_weight
    scores = overlap(at, pool, own, others)
    people = pl.DataFrame(
        {"side": ["matched", "comparison"],
         "effective": [float(w.sum() ** 2 / (w**2).sum()) for w in (own, others)]}
    )  # fmt: skip
    nothing = pl.DataFrame()
    return Diagnostics(scores.frame, {}, nothing, {}, nothing, people, nothing, nothing, nothing)


def flat(counts: dict[float, int]) -> np.ndarray:
    """So many scores a little above each of some logits."""
    return np.concatenate([np.full(n, start + 0.1) for start, n in counts.items()])


def test_percentages_are_of_rounded_counts():
    own = flat({-2.0: 44, -1.5: 36, -1.0: 15, -0.5: 14})
    others = flat({-4.0: 600, -2.0: 200, -1.5: 100, -1.0: 50, -0.5: 26, 3.0: 4})
    rows = overlap_rows(diagnostics(own, others), PROFILE)
    assert [(r.low, r.high) for r in rows] == [(None, -1.5), (-1.5, -1.0), (-1.0, -0.5), (-0.5, None)]
    assert [r.treatment for r in rows] == [36, 36, 18, 9]
    assert [r.pool for r in rows] == [82, 10, 5, 3]


@pytest.mark.parametrize("few", ["own", "others"])
def test_a_shallow_middle_makes_bands_wider(few):
    deep = dict.fromkeys(np.arange(-4.0, 4.0, 0.5), 40)
    thin = deep | {-1.0: 9}
    groups = {"own": deep, "others": deep} | {few: thin}
    rows = overlap_rows(diagnostics(flat(groups["own"]), flat(groups["others"])), PROFILE)
    assert [r.high for r in rows[:-1]] == [-3, -2, -1, 0, 1, 2, 3]


def test_one_person_with_nearly_all_the_weight_does_not_make_a_band_deep():
    deep = flat(dict.fromkeys(np.arange(-4.0, 4.0, 0.5), 40))
    weight = np.ones(len(deep))
    weight[np.flatnonzero(deep == -0.9)[0]] = 400.0
    rows = overlap_rows(diagnostics(deep, deep, pool_weight=weight), PROFILE)
    assert rows == ()


def test_too_few_bands_are_no_shape():
    own = flat({-1.0: 200, -0.5: 200, 0.0: 200})
    assert overlap_rows(diagnostics(own, own), PROFILE) == ()
    assert overlap_rows(diagnostics(flat({0.0: 9}), own), PROFILE) == ()


def test_arms_drawn_by_lot_have_no_bands():
    told = diagnostics(np.zeros(500), np.zeros(500))
    empty = replace(told, scores=told.scores.clear())
    assert overlap_rows(empty, PROFILE) == ()


def test_bins_wider_than_a_band_are_not_split():
    far = np.concatenate([RNG.normal(0, 1, 400), [900.0, -900.0]])
    told = diagnostics(far, far)
    assert told.scores["high"][1] - told.scores["low"][1] > 2
    assert deep_bands(told.scores, 2.0, 10) == []
    assert overlap_rows(told, PROFILE) == ()


def test_the_rule_says_what_was_done():
    rows = overlap_rows(
        diagnostics(flat(dict.fromkeys(range(6), 50)), flat(dict.fromkeys(range(6), 50))), PROFILE
    )
    assert (overlap_rule(rows, PROFILE).target, overlap_rule(rows, PROFILE).action) == ("overlap", "rounded")
    assert overlap_rule((), PROFILE).action == "withheld"
