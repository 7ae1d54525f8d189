"""One peer's share of the work in a process of its own, in the peers' environment; prints a line of JSON.

    PEERS_PYTHON bench/matching_parts/peers.py PEER FOLDER

PEER is a score (`statsmodels`, `sklearn_lbfgs`, `sklearn_newton`, `glum`) or a match on the given score
(`naive`, `causallib`, `psmpy`); FOLDER is one that `world.py` made. Seconds are those of the fit or the match
alone: reading and dummy columns are not counted, in the peers' favour.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

CALLIPER = 0.2
"""In standard deviations of the logit, those of the two groups pooled."""
CELLS_AT_ONCE = 2**24
NOT_COVARIATES = ["event_id", "person_id", "index_date", "treated"]


def main(peer: str, home: Path) -> None:
    warnings.simplefilter("ignore")
    score, match = SCORES.get(peer), MATCHES.get(peer)
    found = scored(home, score) if score else matched(home, match or MATCHES["naive"])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(json.dumps({"step": peer, **found, "peak_gib": peak, "version": release(peer)}))


def release(peer: str) -> str:
    package = {"sklearn_lbfgs": "scikit-learn", "sklearn_newton": "scikit-learn", "naive": "numpy"}
    return version(package.get(peer, peer))


# Scores


def scored(home: Path, fit: Callable[..., tuple[Any, float, float]]) -> dict[str, float]:
    """Seconds, the log-likelihood, and by how much the scores fail to sum to the participants."""
    frame = pd.read_parquet(home / "units.parquet")
    treated = frame["treated"].to_numpy().astype(float)
    covariates = frame.drop(columns=NOT_COVARIATES)
    del frame
    logit, seconds, cpu = fit(covariates, treated)
    likelihood = float(treated @ logit - np.logaddexp(0, logit).sum())
    gap = abs(float((1 / (1 + np.exp(-logit))).sum() - treated.sum()))
    return {"seconds": seconds, "cpu_seconds": cpu, "log_likelihood": likelihood, "score_gap": gap}


def dummies(covariates: pd.DataFrame) -> np.ndarray:
    """Columns without intercept; the first level of each category is the reference."""
    return pd.get_dummies(covariates, drop_first=True, dtype=float).to_numpy(dtype=float)


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    began, cpu = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - began, time.process_time() - cpu


def statsmodels(covariates: pd.DataFrame, treated: np.ndarray) -> tuple[np.ndarray, float, float]:
    from statsmodels.api import Logit, add_constant

    design = add_constant(dummies(covariates))
    fit, seconds, cpu = timed(lambda: Logit(treated, design).fit(disp=0))
    return design @ fit.params, seconds, cpu


def sklearn(solver: str, covariates: pd.DataFrame, treated: np.ndarray) -> tuple[np.ndarray, float, float]:
    from sklearn.linear_model import LogisticRegression

    design = dummies(covariates)
    # Without its ridge, which is on by default; more iterations than the default 100 so that only `tol` ends it.
    model = LogisticRegression(C=np.inf, solver=solver, max_iter=10_000)
    fit, seconds, cpu = timed(lambda: model.fit(design, treated))
    return fit.decision_function(design), seconds, cpu


def sklearn_lbfgs(covariates: pd.DataFrame, treated: np.ndarray) -> tuple[np.ndarray, float, float]:
    return sklearn("lbfgs", covariates, treated)


def sklearn_newton(covariates: pd.DataFrame, treated: np.ndarray) -> tuple[np.ndarray, float, float]:
    return sklearn("newton-cholesky", covariates, treated)


def glum(covariates: pd.DataFrame, treated: np.ndarray) -> tuple[np.ndarray, float, float]:
    from glum import GeneralizedLinearRegressor

    text = covariates.select_dtypes(exclude=["number", "bool"]).columns
    typed = covariates.astype(dict.fromkeys(text, "category"))
    model = GeneralizedLinearRegressor(family="binomial", alpha=0, drop_first=True, gradient_tol=1e-9)
    fit, seconds, cpu = timed(lambda: model.fit(typed, treated))
    return fit.linear_predictor(typed), seconds, cpu


# Matches on the given score


def matched(home: Path, match: Callable[..., dict[str, float]]) -> dict[str, float]:
    """Seconds, participants matched and the plain difference in the outcome."""
    treated = pd.read_parquet(home / "units.parquet", columns=["treated"])["treated"].to_numpy()
    logit = pd.read_parquet(home / "score.parquet")["logit"].to_numpy()
    outcome = pd.read_parquet(home / "outcomes.parquet")["reoffended"].to_numpy().astype(float)
    sides = logit[treated], logit[~treated]
    calliper = CALLIPER * float(np.sqrt(np.mean([side.var(ddof=1) for side in sides])))
    return {"calliper": calliper, **match(logit, treated, outcome, calliper)}


def naive(logit: np.ndarray, treated: np.ndarray, outcome: np.ndarray, calliper: float) -> dict[str, float]:
    """Radius matching that looks at every participant and pool member together."""
    at, pool = logit[treated], logit[~treated]

    def work() -> tuple[np.ndarray, np.ndarray]:
        near, weight = np.zeros(len(at)), np.zeros(len(pool))
        size = max(CELLS_AT_ONCE // len(pool), 1)
        for start in range(0, len(at), size):
            within = np.abs(at[start : start + size, None] - pool) <= calliper
            counts = within.sum(axis=1)
            near[start : start + size] = counts
            for row, count in zip(within, counts, strict=True):
                weight[row] += 1 / max(count, 1)
        return near, weight

    (near, weight), seconds, cpu = timed(work)
    kept = near > 0
    effect = outcome[treated][kept].mean() - outcome[~treated] @ weight / weight.sum()
    effective = weight.sum() ** 2 / (weight @ weight)
    return told(seconds, cpu, int(kept.sum()), effect) | {"effective": float(effective)}


def causallib(
    logit: np.ndarray, treated: np.ndarray, outcome: np.ndarray, calliper: float
) -> dict[str, float]:
    """Nearest neighbour with replacement."""
    from causallib.estimation import Matching

    score, took_part = pd.DataFrame({"logit": logit}), pd.Series(treated.astype(int))
    happened = pd.Series(outcome)
    model = Matching(metric="euclidean", caliper=calliper, with_replacement=True)

    def work() -> pd.DataFrame:
        model.fit(score, took_part, happened)
        return model.match(score, took_part)

    found, seconds, cpu = timed(work)
    mates = found.loc[0, "matches"][treated]
    kept = mates.map(len).to_numpy() > 0
    others = np.array([outcome[mate[0]] for mate in mates[kept]])
    return told(seconds, cpu, int(kept.sum()), outcome[treated][kept].mean() - others.mean())


def psmpy(logit: np.ndarray, treated: np.ndarray, outcome: np.ndarray, calliper: float) -> dict[str, float]:
    """Nearest neighbour without replacement; its own score is set to the given one."""
    from psmpy import PsmPy

    frame = pd.DataFrame({"unit": np.arange(len(logit)), "treated": treated.astype(int), "logit": logit})
    model = PsmPy(frame, treatment="treated", indx="unit", exclude=[])
    model.predicted_data = frame.assign(propensity_score=1 / (1 + np.exp(-logit)), propensity_logit=logit)
    _, seconds, cpu = timed(
        lambda: model.kdtree_matched(matcher="propensity_logit", replacement=False, caliper=calliper)
    )
    pairs = model.matched_ids.dropna()
    ours, others = (pairs.iloc[:, i].to_numpy(dtype=int) for i in (0, 1))
    return told(seconds, cpu, len(pairs), outcome[ours].mean() - outcome[others].mean())


def told(seconds: float, cpu: float, kept: int, effect: float) -> dict[str, float]:
    return {"seconds": seconds, "cpu_seconds": cpu, "matched": kept, "effect": float(effect)}


SCORES = {
    "statsmodels": statsmodels,
    "sklearn_lbfgs": sklearn_lbfgs,
    "sklearn_newton": sklearn_newton,
    "glum": glum,
}
MATCHES = {"naive": naive, "causallib": causallib, "psmpy": psmpy}

if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
