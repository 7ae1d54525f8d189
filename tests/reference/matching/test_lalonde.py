"""R's glm, MatchIt and cobalt figures on LaLonde's data, and Dehejia & Wahba's radius estimates."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from likeforlike.labs.definition import Covariate, MatchingDefaults
from likeforlike.matching.balance import balance_table
from likeforlike.matching.design import Design, build_design
from likeforlike.matching.radius import local_means, pool_weights, windows
from likeforlike.matching.score import fit_score

DATA = Path(__file__).parents[1] / "data"
GOLDEN = json.loads((DATA / "matching_golden.json").read_text())
LALONDE = pl.read_csv(DATA / "lalonde_matchit.csv", infer_schema_length=None)
CATEGORY = {"race"}
FLAGS = {"married", "nodegree"}


def covariate(name: str) -> Covariate:
    kind = "category" if name in CATEGORY else "flag" if name in FLAGS else "number"
    return Covariate(name=name, label=name, kind=kind, group="all")


COVARIATES = [covariate(n) for n in ("age", "educ", "race", "married", "nodegree", "re74", "re75")]


def floats(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(c.name).cast(pl.Float64) for c in COVARIATES if c.kind != "category")


def test_score_reaches_the_maximum_likelihood_of_rs_glm():
    treated = (LALONDE["treat"] == 1).to_numpy()
    score = fit_score(build_design(floats(LALONDE), COVARIATES), treated)
    signed = np.where(treated, score.logit, -score.logit)
    loglik = -np.log1p(np.exp(-signed)).sum()
    assert loglik == pytest.approx(GOLDEN["lalonde_matchit_R"]["ps_loglik"], abs=1e-8)
    assert 1 / (1 + np.exp(-score.logit)) == pytest.approx(LALONDE["ps"].to_numpy(), abs=1e-8)
    assert score.residual < 1e-6


def test_sd_of_the_logit_is_matchits():
    treated = (LALONDE["treat"] == 1).to_numpy()
    score = fit_score(build_design(floats(LALONDE), COVARIATES), treated)
    expected = GOLDEN["lalonde_matchit_R"]["ps_summary"]["sd_logit_all"]
    assert np.std(score.logit, ddof=1) == pytest.approx(expected, abs=1e-7)


@pytest.fixture(scope="module")
def radius_match() -> pl.DataFrame:
    treated = (LALONDE["treat"] == 1).to_numpy()
    ps = LALONDE["ps"].to_numpy()
    near = windows(ps[treated], ps[~treated], 0.05)
    weight = np.zeros(len(ps))
    weight[treated], weight[~treated] = near.count > 0, pool_weights(near)
    return floats(LALONDE).with_columns(treated=pl.Series(treated), weight=weight)


def test_radius_match_on_lalonde(radius_match: pl.DataFrame):
    expected = GOLDEN["lalonde_kernel_radius_weighting_python"]["radius_ps_0.05"]
    kept = radius_match.filter(pl.col("weight") > 0)
    treated, pool = kept.filter(pl.col("treated")), kept.filter(~pl.col("treated"))
    w = pool["weight"].to_numpy()
    effect = treated["re78"].mean() - np.average(pool["re78"].to_numpy(), weights=w)
    assert treated.height == expected["n_treated_matched"]
    assert pool.height == expected["n_controls_used"]
    assert effect == pytest.approx(expected["att"], abs=1e-6)
    assert w.sum() == pytest.approx(expected["sum_w"], abs=1e-9)
    assert w.max() == pytest.approx(expected["max_w"], abs=1e-9)
    assert w.sum() ** 2 / (w**2).sum() == pytest.approx(expected["ess_controls"], abs=1e-6)


def test_balance_is_cobalts(radius_match: pl.DataFrame):
    table = balance_table(radius_match, COVARIATES, MatchingDefaults(caliper=0.1))
    golden = GOLDEN["lalonde_kernel_radius_weighting_python"]
    for row in table.iter_rows(named=True):
        name = f"race_{row['level']}" if row["covariate"] == "race" else row["covariate"]
        assert row["smd_before"] == pytest.approx(golden["smd_before"][name], abs=1e-9)
        assert row["smd_after"] == pytest.approx(golden["radius_ps_0.05"]["smd_after"][name], abs=1e-9)


@pytest.mark.parametrize("caliper", ["0.1", "0.01", "0.001", "0.0001"])
def test_dehejia_wahba_radius_on_psid(caliper: str):
    programme = pl.read_csv(DATA / "nsw_dw.csv", infer_schema_length=None).filter(pl.col("treat") == 1)
    units = pl.concat([programme, pl.read_csv(DATA / "psid_controls.csv", infer_schema_length=None)])
    golden = GOLDEN["dehejia_wahba"]["nsw_dw_treated_vs_psid1"]
    treated = (units["treat"] == 1).to_numpy()
    score = fit_score(dehejia_wahba_design(units, golden["coef"]), treated)
    ps = 1 / (1 + np.exp(-score.logit))
    near = windows(ps[treated], ps[~treated], float(caliper))
    matched = near.count > 0
    y = units["re78"].to_numpy()
    effect = (y[treated] - local_means(near, y[~treated]))[matched].mean()
    expected = golden["all"][f"radius_{caliper}_closed"]
    assert matched.sum() == expected["n_t"]
    assert (pool_weights(near) > 0).sum() == expected["n_c"]
    assert effect == pytest.approx(expected["att"], abs=1e-3)


def dehejia_wahba_design(units: pl.DataFrame, terms: dict[str, float]) -> Design:
    """Their Table 2 specification, with numbers divided by round figures so that Newton stays well scaled."""
    column = {name: units[name].to_numpy().astype(float) for name in units.columns if name != "data_id"}
    age, educ = column["age"] / 10, column["education"] / 10
    re74, re75 = column["re74"] / 1e4, column["re75"] / 1e4
    matrix = [
        np.ones(len(age)),
        age,
        age**2,
        educ,
        educ**2,
        column["married"],
        column["black"],
        column["hispanic"],
    ]
    matrix += [re74, re75, re74**2, re75**2, (re74 == 0) * column["black"]]
    assert len(matrix) == len(terms)
    return Design.of(np.column_stack(matrix), tuple(terms))
