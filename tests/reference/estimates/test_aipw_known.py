"""Doubly robust and regression estimates: stored figures on LaLonde's data, and IHDP, where the truth is known."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from likeforlike.estimates.aipw import aipw_att, cross_fitted_aipw, regression_adjusted
from likeforlike.matching.design import Design

DATA = Path(__file__).parents[1] / "data"
GOLDEN = json.loads((DATA / "matching_golden.json").read_text())
PYTHON = GOLDEN["lalonde_kernel_radius_weighting_python"]
LALONDE = pl.read_csv(DATA / "lalonde_matchit.csv", infer_schema_length=None)
TREATED = (LALONDE["treat"] == 1).to_numpy()
OUTCOME = LALONDE["re78"].to_numpy().astype(float)
ODDS = (LALONDE["ps"] / (1 - LALONDE["ps"])).to_numpy()


def lalonde() -> Design:
    terms = ["age", "educ", "married", "nodegree", "re74", "re75"]
    levels = [(LALONDE["race"] == r).cast(pl.Float64).to_numpy() for r in ("hispan", "white")]
    columns = [np.ones(len(OUTCOME)), *(LALONDE[t].cast(pl.Float64).to_numpy() for t in terms), *levels]
    return Design.of(np.column_stack(columns), ("intercept", *terms, "hispan", "white"))


def expected_outcome() -> np.ndarray:
    rows = lalonde().dense()
    return rows @ np.linalg.lstsq(rows[~TREATED], OUTCOME[~TREATED], rcond=None)[0]


def test_both_forms_on_lalonde():
    golden, expected = PYTHON["aipw_att"], expected_outcome()
    plain = aipw_att(OUTCOME, TREATED, expected, ODDS, normalised=False)
    assert plain.estimate == pytest.approx(golden["att_unnormalised"], abs=1e-6)
    assert plain.variance**0.5 == pytest.approx(golden["se_influence"], abs=1e-6)
    found = aipw_att(OUTCOME, TREATED, expected, ODDS)
    assert found.estimate == pytest.approx(golden["att_hajek"], abs=1e-6)
    assert found.variance**0.5 == pytest.approx(golden["se_influence"], rel=0.01)


def test_regressions_on_lalonde():
    golden = PYTHON["reg_adj_ols"]
    found = regression_adjusted(OUTCOME, TREATED, lalonde())
    assert found.estimate == pytest.approx(golden["att"], abs=1e-6)
    assert found.std_error == pytest.approx(golden["se"], abs=1e-6)
    beyond = (OUTCOME - expected_outcome())[TREATED].mean()
    assert beyond == pytest.approx(PYTHON["g_formula_att"], abs=1e-6)


@pytest.mark.parametrize("draw", ["1", "3"])
def test_truth_of_ihdp(draw: str):
    people = pl.read_csv(DATA / f"ihdp_{draw}.csv", infer_schema_length=None)
    names = [f"x{k}" for k in range(1, 26)]
    rows = people.select(pl.col(names).cast(pl.Float64)).to_numpy()
    design = Design.of(np.column_stack([np.ones(len(rows)), rows]), ("intercept", *names))
    treated = (people["t"] == 1).to_numpy()
    (found,) = cross_fitted_aipw(design, treated, people["yf"].to_numpy()[None], seed=1)
    truth = GOLDEN["known_truth"]["ihdp_npci"][draw]["true_ATT"]
    assert found.difference.estimate == pytest.approx(truth, abs=0.2)
    assert found.difference.conf_low < truth < found.difference.conf_high
    assert found.largest_share < 0.2
    assert 30 < found.effective < 608
