"""The design's operations are those of the dense matrix, whether it is held or made block by block."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.labs.definition import Covariate
from likeforlike.matching import design as module
from likeforlike.matching.design import build_design

KINDS = {"age": "number", "told": "flag", "sort": "category", "place": "category", "known": "number"}
COVARIATES = [
    Covariate(
        name=n, label=n, kind=k, group="all", powers=2 if n == "age" else 1, knots=3 if n == "known" else 0
    )
    for n, k in KINDS.items()
]


@st.composite
def frames(draw: st.DrawFn) -> pl.DataFrame:
    n = draw(st.integers(12, 60))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    known = pl.Series(rng.normal(size=n).round(2)).scatter(rng.choice(n, 3, replace=False), None)
    return pl.DataFrame(
        {
            "age": rng.integers(18, 70, n).astype(float),
            "told": pl.Series(rng.random(n) < 0.4),
            "sort": pl.Series(rng.choice(["a", "b", "c"], n)),
            "place": pl.Series(rng.choice([f"p{i}" for i in range(6)], n)),
            "known": known,
        }
    )


@pytest.mark.parametrize("held", [True, False])
@given(frame=frames(), seed=st.integers(0, 1000), interacting=st.booleans())
def test_operations_are_those_of_the_matrix(held: bool, frame: pl.DataFrame, seed: int, interacting: bool):
    pairs = (("age", "told"), ("told", "sort")) if interacting else ()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CELLS_HELD", 10**9 if held else 0)
        patch.setattr(module, "CELLS_AT_ONCE", 64)
        design = build_design(frame, COVARIATES, pairs)
        rng = np.random.default_rng(seed)
        matrix = design.dense()
        assert matrix.shape == (frame.height, len(design.terms))
        weight, coefficients = rng.random(frame.height), rng.normal(size=len(design.terms))
        np.testing.assert_allclose(design.times(coefficients), matrix @ coefficients, atol=1e-9)
        np.testing.assert_allclose(design.totals(weight), weight @ matrix, atol=1e-9)
        np.testing.assert_allclose(design.gram(weight), (matrix * weight[:, None]).T @ matrix, atol=1e-9)
        some = rng.random(frame.height) < 0.5
        np.testing.assert_array_equal(design.take(some).dense(), matrix[some])
        assert np.linalg.matrix_rank(matrix) == len(design.terms)


@given(frames())
def test_a_design_held_and_one_made_of_blocks_are_equal(frame: pl.DataFrame):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CELLS_HELD", 0)
        made = build_design(frame, COVARIATES)
    held = build_design(frame, COVARIATES)
    assert made.terms == held.terms
    assert made.dropped == held.dropped
    np.testing.assert_allclose(made.dense(), held.dense(), atol=1e-12)
