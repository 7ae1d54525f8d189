"""Dehejia & Wahba's participants against PSID, by their score: published and independently computed figures."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from likeforlike.matching.design import Design
from likeforlike.matching.kernel import epanechnikov
from likeforlike.matching.nearest import nearest
from likeforlike.matching.radius import radius
from likeforlike.matching.score import fit_score
from likeforlike.matching.weights import Weights

DATA = Path(__file__).parents[1] / "data"
GOLDEN = json.loads((DATA / "matching_golden.json").read_text())
EXPECTED = GOLDEN["dehejia_wahba"]["nsw_dw_treated_vs_psid1"]
PUBLISHED = {entry["id"]: entry["value"] for entry in GOLDEN["published_references"]}
RADII = ["0.1", "0.01", "0.001", "0.0001"]
SUPPORTS = ["all", "common_support"]


class Units:
    def __init__(self) -> None:
        programme = pl.read_csv(DATA / "nsw_dw.csv", infer_schema_length=None).filter(pl.col("treat") == 1)
        units = pl.concat([programme, pl.read_csv(DATA / "psid_controls.csv", infer_schema_length=None)])
        self.treated = (units["treat"] == 1).to_numpy()
        self.earned = units["re78"].to_numpy()
        column = {n: units[n].to_numpy().astype(float) for n in units.columns if n != "data_id"}
        # Numbers in round units, so that Newton stays well scaled.
        age, educ = column["age"] / 10, column["education"] / 10
        re74, re75 = column["re74"] / 1e4, column["re75"] / 1e4
        flags = [column[n] for n in ("married", "black", "hispanic")]
        earnings = [re74, re75, re74**2, re75**2, (re74 == 0) * column["black"]]
        matrix = np.column_stack([np.ones(len(age)), age, age**2, educ, educ**2, *flags, *earnings])
        logit = fit_score(Design.of(matrix, tuple(EXPECTED["coef"])), self.treated).logit
        self.ps = 1 / (1 + np.exp(-logit))
        self.loglik = float(-np.logaddexp(0, np.where(self.treated, -logit, logit)).sum())

    def support(self) -> tuple[float, float]:
        """Scores that participants have: Becker & Ichino's common support."""
        own = self.ps[self.treated]
        return float(own.min()), float(own.max())

    def pool(self, support: str) -> np.ndarray:
        low, high = self.support() if support == "common_support" else (0.0, 1.0)
        return ~self.treated & (self.ps >= low) & (self.ps <= high)

    def effect(self, found: Weights, pool: np.ndarray) -> float:
        treated = np.average(self.earned[self.treated], weights=found.treated)
        return float(treated - np.average(self.earned[pool], weights=found.pool))


@pytest.fixture(scope="module")
def units() -> Units:
    return Units()


def test_score_and_common_support(units: Units):
    assert units.loglik == pytest.approx(EXPECTED["loglik"], abs=1e-8)
    expected = PUBLISHED["BI-support"]
    assert units.support() == pytest.approx((expected["lo"], expected["hi"]), abs=1e-8)
    assert units.support() == pytest.approx(tuple(EXPECTED["support"]), abs=1e-8)
    inside = units.pool("common_support")
    assert inside.sum() == expected["controls"] == EXPECTED["n_controls_on_support"]
    assert inside.sum() + units.treated.sum() == expected["n"] == EXPECTED["n_on_support"]


@pytest.mark.parametrize("support", SUPPORTS)
@pytest.mark.parametrize("caliper", RADII)
def test_radius(units: Units, support: str, caliper: str):
    pool = units.pool(support)
    found = radius(units.ps[units.treated], units.ps[pool], float(caliper))
    expected = EXPECTED[support][f"radius_{caliper}_closed"]
    assert found.matched == expected["n_t"]
    assert (found.pool > 0).sum() == expected["n_c"]
    assert units.effect(found, pool) == pytest.approx(expected["att"], abs=1e-3)


def test_radius_is_becker_and_ichinos(units: Units):
    pool, expected = units.pool("common_support"), PUBLISHED["BI-attr"]
    found = radius(units.ps[units.treated], units.ps[pool], 1e-4)
    assert (found.matched, (found.pool > 0).sum()) == (expected["n_t"], expected["n_c"])
    assert units.effect(found, pool) == pytest.approx(expected["att_by_formula"], abs=1e-6)


@pytest.mark.parametrize("support", SUPPORTS)
def test_nearest_with_ties_averaged(units: Units, support: str):
    pool = units.pool(support)
    found = nearest(units.ps[units.treated], units.ps[pool])
    expected, published = EXPECTED[support]["nn1_replacement_ties_averaged"], PUBLISHED["BI-attnd"]
    assert (found.pool > 0).sum() == expected["n_controls_used"] == published["controls_used"]
    assert units.effect(found, pool) == pytest.approx(expected["att"], abs=1e-3)
    assert units.effect(found, pool) == pytest.approx(published["att"], abs=1e-3)


@pytest.mark.parametrize("support", SUPPORTS)
def test_kernel(units: Units, support: str):
    pool = units.pool(support)
    found = epanechnikov(units.ps[units.treated], units.ps[pool], 0.06)
    expected = EXPECTED[support]["kernel_epan_0.06"]
    assert found.matched == expected["n_t"]
    assert units.effect(found, pool) == pytest.approx(expected["att"], abs=1e-3)
