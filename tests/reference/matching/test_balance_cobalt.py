"""R cobalt's SMD, variance ratios and KS of LaLonde's data, before and after MatchIt's matches."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from likeforlike.labs.definition import Covariate, MatchingDefaults
from likeforlike.matching.balance import balance_table
from likeforlike.matching.radius import pool_weights, windows

DATA = Path(__file__).parents[1] / "data"
GOLDEN = json.loads((DATA / "matching_golden.json").read_text())
COBALT = GOLDEN["lalonde_matchit_R"]
LALONDE = pl.read_csv(DATA / "lalonde_matchit.csv", infer_schema_length=None)
TREATED = (LALONDE["treat"] == 1).to_numpy()
LIGHTS = MatchingDefaults(caliper=0.2)
KINDS = {"race": "category", "married": "flag", "nodegree": "flag"}
NAMES = ("distance", "age", "educ", "race", "married", "nodegree", "re74", "re75")
COVARIATES = [Covariate(name=n, label=n, kind=KINDS.get(n, "number"), group="all") for n in NAMES]
COLUMNS = {
    "smd_un": "smd_before",
    "smd_adj": "smd_after",
    "vr_un": "variance_ratio_before",
    "vr_adj": "variance_ratio_after",
    "ks_un": "ks_before",
    "ks_adj": "ks_after",
}


def line_of_glm() -> np.ndarray:
    """MatchIt's logit: R's glm at its default tolerance, which stops 1e-9 short of the maximum."""
    numbers = [LALONDE[n].to_numpy() for n in ("age", "educ", "married", "nodegree", "re74", "re75")]
    races = [(LALONDE["race"] == level).to_numpy() for level in ("hispan", "white")]
    design = np.column_stack([np.ones(LALONDE.height), *numbers, *races]).astype(float)
    mean, deviance = (TREATED + 0.5) / 2, np.inf
    line = np.log(mean / (1 - mean))
    while True:
        weight = mean * (1 - mean)
        root = np.sqrt(weight)
        working = line + (TREATED - mean) / weight
        line = design @ np.linalg.lstsq(design * root[:, None], working * root)[0]
        mean = 1 / (1 + np.exp(-line))
        before, deviance = deviance, -2 * np.log(np.where(TREATED, mean, 1 - mean)).sum()
        if abs(deviance - before) < 1e-8 * (abs(deviance) + 0.1):
            # Equal people get equal scores, to the last digit.
            return line.round(12)


LINE = line_of_glm()
SCORE = 1 / (1 + np.exp(-LINE))


def nearest(distance: np.ndarray, *, caliper: float = np.inf, replace: bool = False) -> np.ndarray:
    """From the largest score down, the nearest of the pool that is left; of ties, the next when sorted by score."""
    weight = np.zeros(len(distance))
    free = ~TREATED
    place = np.empty(len(distance))
    place[np.argsort(distance, kind="stable")] = np.arange(len(distance))
    for i in sorted(np.flatnonzero(TREATED), key=lambda i: (-distance[i], i)):
        apart = np.where(free, np.abs(distance - distance[i]), np.inf)
        j = int(np.lexsort((np.abs(place - place[i]), apart))[0])
        if apart[j] <= caliper:
            weight[i] = 1
            weight[j] += 1
            free[j] = replace
    return weight


def subclasses(number: int) -> np.ndarray:
    """Quantiles of the participants' scores; the pool of a class counts for its participants."""
    ends = np.quantile(SCORE[TREATED], np.linspace(0, 1, number + 1))
    place = np.clip(np.searchsorted(ends, SCORE, side="right") - 1, 0, number - 1)
    of_treated, of_pool = (np.bincount(place[m], minlength=number) for m in (TREATED, ~TREATED))
    return np.where(TREATED, 1.0, (of_treated / of_pool)[place])


def wide(distance: np.ndarray) -> float:
    return 0.2 * float(np.std(distance, ddof=1))


MATCHES = {
    "nn_norepl": (SCORE, nearest(SCORE)),
    "nn_norepl_caliper02": (SCORE, nearest(SCORE, caliper=wide(SCORE))),
    "nn_norepl_caliper02_logit": (LINE, nearest(LINE, caliper=wide(LINE))),
    "nn_repl": (SCORE, nearest(SCORE, replace=True)),
    "nn_repl_caliper02": (SCORE, nearest(SCORE, replace=True, caliper=wide(SCORE))),
    "nn_repl_caliper02_logit": (
        LINE,
        nearest(LINE, replace=True, caliper=wide(LINE)),
    ),
    "subclass6": (SCORE, subclasses(6)),
}


def units(distance: np.ndarray, weight: np.ndarray) -> pl.DataFrame:
    return LALONDE.with_columns(
        treated=pl.Series(TREATED), weight=pl.Series(weight), distance=pl.Series(distance)
    )


def named(table: pl.DataFrame, column: str) -> dict[str, float | None]:
    name = pl.when(pl.col("level") != "").then(pl.format("{}_{}", "covariate", "level"))
    return dict(table.select(name.otherwise("covariate"), column).iter_rows())


@pytest.mark.parametrize("statistic", COLUMNS)
@pytest.mark.parametrize("match", MATCHES)
def test_every_figure_is_cobalts(match: str, statistic: str):
    found = named(balance_table(units(*MATCHES[match]), COVARIATES, LIGHTS), COLUMNS[statistic])
    expected = COBALT[match][statistic]
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        assert found[name] == (None if value == "NA" else pytest.approx(value, abs=1e-9)), name


@pytest.mark.parametrize(
    ("entry", "how"),
    [
        ("cobalt_default_unadjusted", {"binary": "raw"}),
        ("cobalt_pooled_unadjusted", {"denominator": "pooled"}),
    ],
)
def test_cobalts_other_conventions(entry: str, how: dict):
    found = named(
        balance_table(units(SCORE, np.ones(len(SCORE))), COVARIATES[1:], LIGHTS, **how), "smd_before"
    )
    assert found == pytest.approx(COBALT[entry], abs=1e-9)


def test_published_table():
    published = next(e for e in GOLDEN["published_references"] if e["id"] == "sts-smd")
    table = balance_table(units(*MATCHES["nn_norepl"]), COVARIATES, LIGHTS)
    found = named(table, "smd_before")
    for name, value in published["value"].items():
        assert found[name] == pytest.approx(value, abs=published["tolerance"])


@pytest.mark.parametrize("entry", ["radius_ps_0.05", "radius_ps_0.01", "radius_ps_0.2sd"])
def test_balance_after_a_radius_match(entry: str):
    expected = GOLDEN["lalonde_kernel_radius_weighting_python"][entry]
    near = windows(SCORE[TREATED], SCORE[~TREATED], expected["bandwidth"])
    weight = np.zeros(len(SCORE))
    weight[TREATED], weight[~TREATED] = near.count > 0, pool_weights(near)
    found = named(balance_table(units(SCORE, weight), COVARIATES[1:], LIGHTS), "smd_after")
    assert found == pytest.approx(expected["smd_after"], abs=1e-9)
