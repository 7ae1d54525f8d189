"""Entropy balancing reaches every mean exactly, or says which it cannot."""

import numpy as np
import pytest

from likeforlike.matching.design import Design
from likeforlike.matching.entropy import NotBalanceable, entropy_balance


def design(*columns: list[float]) -> Design:
    names = ("(intercept)", "age", "prior", "job")[: len(columns) + 1]
    return Design.of(np.column_stack([np.ones(len(columns[0])), *columns]), names)


def test_one_flag_has_a_closed_form():
    weight = entropy_balance(design([1, 0, 0, 0]), np.array([1, 0.5]))
    assert weight == pytest.approx([1 / 2, 1 / 6, 1 / 6, 1 / 6], abs=1e-9)


def test_weights_stay_near_the_base_and_none_stays_none():
    base = np.array([1.0, 0.0, 1.0, 2.0])
    weight = entropy_balance(design([1, 1, 0, 0]), np.array([1, 0.5]), base)
    assert weight == pytest.approx([1 / 2, 0, 1 / 6, 1 / 3], abs=1e-9)


def test_balanced_already():
    assert entropy_balance(design([1, 2, 3]), np.array([1, 2.0])) == pytest.approx([1 / 3] * 3)


def test_on_the_edge_of_the_hull():
    weight = entropy_balance(design([1, 0, 0], [0, 1, 2]), np.array([1, 0, 1.5]))
    assert weight == pytest.approx([0, 0.5, 0.5], abs=1e-8)


def test_scales_far_apart():
    rng = np.random.default_rng(1)
    columns = rng.normal(size=(200, 3)) * [1e5, 1e-4, 1] + [1e5, 0, 3]
    pool = design(*columns.T)
    wanted = np.append(1.0, columns[:60].mean(axis=0) + columns.std(axis=0) / 10)
    weight = entropy_balance(pool, wanted)
    gap = np.abs(pool.totals(weight) - wanted)[1:] / columns.std(axis=0)
    assert gap.max() < 1e-9


def test_term_that_all_of_the_pool_share():
    pool = design([1, 2, 3], [4.1, 4.1, 4.1])
    assert entropy_balance(pool, np.array([1, 2.2, 4.1])) @ [1, 2, 3] == pytest.approx(2.2, abs=1e-9)
    with pytest.raises(NotBalanceable, match="mean of 'prior'"):
        entropy_balance(pool, np.array([1, 2.2, 4.0]))


def test_terms_that_explain_each_other():
    pool = design([1, 2, 3, 4], [2, 4, 6, 8])
    assert entropy_balance(pool, np.array([1, 2.0, 4.0])) @ [1, 2, 3, 4] == pytest.approx(2, abs=1e-9)
    with pytest.raises(NotBalanceable):
        entropy_balance(pool, np.array([1, 2.0, 4.5]))


@pytest.mark.parametrize(("wanted", "term"), [([1, 9, 0.5], "age"), ([1, 2, 1.01], "prior")])
def test_beyond_what_one_term_reaches(wanted: list[float], term: str):
    with pytest.raises(NotBalanceable, match=f"mean of '{term}'"):
        entropy_balance(design([1, 2, 3, 4], [0, 1, 0, 1]), np.array(wanted))


def test_beyond_what_terms_reach_together():
    with pytest.raises(NotBalanceable, match="No weights of the pool give"):
        entropy_balance(design([1, 0, 0, 0], [0, 1, 0, 0]), np.array([1, 0.6, 0.6]))


def test_is_sure_soon(monkeypatch: pytest.MonkeyPatch):
    grams = []
    gram = Design.gram
    monkeypatch.setattr(Design, "gram", lambda self, weight: grams.append(1) or gram(self, weight))
    rng = np.random.default_rng(2)
    columns = rng.normal(size=(500, 3))
    with pytest.raises(NotBalanceable, match="mean of 'job'"):
        entropy_balance(design(*columns.T), np.array([1, 0, 0, 2 * columns[:, 2].max()]))
    assert len(grams) < 15
