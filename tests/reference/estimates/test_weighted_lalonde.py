"""Robust and clustered errors of weighted means against R's lm and sandwich on LaLonde's data."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from likeforlike.estimates.clusters import cluster_variance
from likeforlike.estimates.weighted import weighted_means
from likeforlike.matching.radius import pool_weights, windows

DATA = Path(__file__).parents[1] / "data"
GOLDEN = json.loads((DATA / "matching_golden.json").read_text())
R, PYTHON = GOLDEN["lalonde_matchit_R"], GOLDEN["lalonde_kernel_radius_weighting_python"]
LALONDE = pl.read_csv(DATA / "lalonde_matchit.csv", infer_schema_length=None)
TREATED = (LALONDE["treat"] == 1).to_numpy()
OUTCOME = LALONDE["re78"].to_numpy().astype(float)
PS = LALONDE["ps"].to_numpy()
Y, Y_POOL, AT, POOL = OUTCOME[TREATED], OUTCOME[~TREATED], PS[TREATED], PS[~TREATED]


def error(weight: np.ndarray, pool_weight: np.ndarray, kind: str) -> float:
    return weighted_means(Y, Y_POOL, weight, pool_weight, kind).variance ** 0.5


@pytest.mark.parametrize(
    ("name", "caliper"), [("radius_ps_0.05", 0.05), ("radius_ps_0.01", 0.01), ("radius_ps_0.2sd", None)]
)
def test_radius_weights(name: str, caliper: float | None):
    expected = PYTHON[name]
    near = windows(AT, POOL, caliper or expected["bandwidth"])
    weight, pool_weight = (near.count > 0).astype(float), pool_weights(near)
    for kind in ("HC0", "HC1", "HC2", "HC3"):
        assert error(weight, pool_weight, kind) == pytest.approx(expected[f"se_{kind.lower()}"], abs=1e-6)
    assert weighted_means(Y, Y_POOL, weight, pool_weight).estimate == pytest.approx(expected["att"], abs=1e-6)


@pytest.mark.parametrize("name", ["epan_ps_0.06", "epan_ps_0.05", "biweight_ps_0.06", "gauss_ps_0.06"])
def test_kernel_weights(name: str):
    expected = PYTHON[name]
    u = (AT[:, None] - POOL[None, :]) / expected["bandwidth"]
    if name.startswith("gauss"):
        kernel = np.exp(-(u**2) / 2)
    else:
        kernel = np.clip(1 - u**2, 0, None) ** (2 if name.startswith("bi") else 1)
    near = kernel.sum(axis=1)
    matched = near > 0
    pool_weight = (kernel[matched] / near[matched, None]).sum(axis=0)
    for kind in ("HC0", "HC1", "HC2", "HC3"):
        found = error(matched.astype(float), pool_weight, kind)
        assert found == pytest.approx(expected[f"se_{kind.lower()}"], abs=1e-6)


def test_odds_weights():
    expected, odds = R["ipw_ATT"], POOL / (1 - POOL)
    found = weighted_means(Y, Y_POOL, np.ones(len(Y)), odds, "HC0")
    assert found.estimate == pytest.approx(expected["est"], abs=1e-4)
    keys = {k.lower().removeprefix("se_"): v for k, v in expected.items()}
    assert found.variance**0.5 == pytest.approx(keys["hc0"], abs=1e-4)
    assert error(np.ones(len(Y)), odds, "HC3") == pytest.approx(keys["hc3"], abs=1e-4)


def greedy(width: float, at: np.ndarray, pool: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Largest score first, each its nearest free pool member, ties by position: MatchIt's default."""
    free, pairs = np.ones(len(pool), bool), []
    for i in np.argsort(-AT, kind="stable"):
        gap = np.where(free, np.abs(pool - at[i]), np.inf)
        j = int(gap.argmin())
        if gap[j] <= width:
            free[j] = False
            pairs.append((i, j))
    participant, other = np.array(pairs).T
    return participant, other


@pytest.mark.parametrize("name", ["nn_norepl", "nn_norepl_caliper02", "nn_norepl_caliper02_logit"])
def test_pairs_without_replacement(name: str):
    expected = R[name]
    at, pool = (np.log(x / (1 - x)) for x in (AT, POOL)) if name.endswith("logit") else (AT, POOL)
    participant, other = greedy(expected.get("caliper_width", np.inf), at, pool)
    weight, pool_weight = np.zeros(len(Y)), np.zeros(len(Y_POOL))
    weight[participant], pool_weight[other] = 1, 1
    found = weighted_means(Y, Y_POOL, weight, pool_weight, "HC0")
    assert found.estimate == pytest.approx(expected["att"], abs=1e-6)
    for kind in ("HC0", "HC1", "HC3"):
        assert error(weight, pool_weight, kind) == pytest.approx(expected[f"se_{kind.lower()}"], abs=1e-6)
    terms = np.concatenate([found.treated.terms[participant], found.pool.terms[other]])
    pair = np.tile(np.arange(len(participant)), 2)
    # Who is whose pair hangs on the order among equal scores, which moves the error by up to 1.6%.
    plain, hc1 = (cluster_variance(terms, pair, k) ** 0.5 for k in (0, 2))
    assert plain == pytest.approx(expected["se_cluster_pair_hc0_cadj"], rel=0.016)
    ratio = expected["se_cluster_pair_hc1"] / expected["se_cluster_pair_hc0_cadj"]
    assert hc1 / plain == pytest.approx(ratio, abs=1e-9)
    gap = Y[participant] - Y_POOL[other]
    assert plain == pytest.approx(np.std(gap, ddof=1) / np.sqrt(len(gap)))
