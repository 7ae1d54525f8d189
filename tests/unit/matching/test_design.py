"""What enters the score: terms, missing values, splines, and what is left out because others say it already."""

import numpy as np
import polars as pl
import pytest

from likeforlike.labs.definition import Covariate
from likeforlike.matching.design import build_design
from likeforlike.matching.splines import natural_spline, spline_knots

RNG = np.random.default_rng(3)


def covariate(name: str, kind: str, **more: object) -> Covariate:
    return Covariate(name=name, label=name, kind=kind, group="all", **more)


def test_a_number_enters_standardised_with_its_powers():
    frame = pl.DataFrame({"age": [20.0, 30.0, 40.0, 70.0]})
    design = build_design(frame, [covariate("age", "number", powers=2)])
    z = (frame["age"].to_numpy() - 40) / frame["age"].std(ddof=0)
    assert design.terms == ("intercept", "age", "age^2")
    np.testing.assert_allclose(design.dense(), np.column_stack([np.ones(4), z, z**2]))


@pytest.mark.parametrize("kind", ["number", "flag"])
def test_missing_is_a_term_of_its_own(kind: str):
    values = (
        pl.Series([1.0, None, 0.0, 1.0, 0.0])
        if kind == "number"
        else pl.Series([True, None, False, True, False])
    )
    design = build_design(pl.DataFrame({"x": values}), [covariate("x", kind)])
    assert design.terms == ("intercept", "x", "x: missing")
    assert design.dense()[:, 2].tolist() == [0, 1, 0, 0, 0]


def test_the_most_frequent_level_is_the_reference():
    frame = pl.DataFrame({"sort": ["b", "b", "a", "c", "b"]})
    assert build_design(frame, [covariate("sort", "category")]).terms == ("intercept", "sort: a", "sort: c")


def test_constant_repeated_and_explained_terms_are_dropped():
    age = RNG.normal(size=50)
    frame = pl.DataFrame({"age": age, "twice": 2 * age + 1, "same": np.ones(50), "old": age > 0})
    kinds = {"age": "number", "twice": "number", "same": "number", "old": "flag"}
    design = build_design(frame, [covariate(n, k) for n, k in kinds.items()])
    assert design.terms == ("intercept", "age", "old")
    assert design.dropped == ("twice", "same")


def test_interactions_are_products():
    frame = pl.DataFrame({"age": RNG.normal(size=20), "sort": ["a", "b", "c", "a"] * 5})
    design = build_design(
        frame, [covariate("age", "number"), covariate("sort", "category")], (("age", "sort"),)
    )
    rows = dict(zip(design.terms, design.dense().T, strict=True))
    np.testing.assert_allclose(rows["age × sort: b"], rows["age"] * rows["sort: b"])


def test_a_natural_spline_is_straight_beyond_its_knots_and_smooth_within():
    x = np.linspace(-4, 4, 801)
    knots = spline_knots(RNG.normal(size=500), 5)
    basis = np.empty((len(x), 4))
    natural_spline(x, knots, basis)
    second = np.diff(basis, n=2, axis=0)
    outside = (x[2:] < knots[0]) | (x[:-2] > knots[-1])
    assert np.abs(second[outside]).max() < 1e-9
    assert np.abs(np.diff(second, axis=0)).max() < 1e-3
    assert np.linalg.matrix_rank(basis) == 4


def test_ties_leave_a_number_without_a_spline():
    frame = pl.DataFrame({"count": [0.0] * 90 + [1.0] * 10})
    assert build_design(frame, [covariate("count", "number", knots=5)]).terms == ("intercept", "count")
