"""One peer's share of the work in a process of its own, in the peers' environment; prints a line of JSON.

    PEERS_PYTHON bench/matching_parts/peers.py PEER FOLDER

PEER is a score (`statsmodels`, `sklearn_lbfgs`, `sklearn_newton`, `glum`) or a match on the given score
(`naive`, `causallib`, `psmpy`); FOLDER is one that `world.py` made. Seconds are those of the fit or the match
alone: reading and dummy columns are not counted, in the peers' favour. `after` is the largest standardised mean
difference after radius matching on the peer's score, worked out in the same way for each.
"""

from __future__ import annotations

import json
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
Spent = dict[str, float]
"""`seconds` of the wall, `cpu_seconds`, `peak_gib`."""
NOT_COVARIATES = ["event_id", "person_id", "index_date", "treated"]


def main(peer: str, home: Path) -> None:
    warnings.simplefilter("ignore")
    score, match = SCORES.get(peer), MATCHES.get(peer)
    found = scored(home, score) if score else matched(home, match or MATCHES["naive"])
    print(json.dumps({"step": peer, **found, "version": release(peer)}))


def release(peer: str) -> str:
    package = {"sklearn_lbfgs": "scikit-learn", "sklearn_newton": "scikit-learn", "naive": "numpy"}
    return version(package.get(peer, peer))


# Scores


def scored(home: Path, fit: Callable[..., tuple[Any, Spent]]) -> dict[str, float]:
    """Seconds, the log-likelihood, and by how much the scores fail to sum to the participants."""
    frame = pd.read_parquet(home / "units.parquet")
    treated = frame["treated"].to_numpy().astype(float)
    covariates = frame.drop(columns=NOT_COVARIATES)
    del frame
    logit, spent = fit(covariates, treated)
    likelihood = float(treated @ logit - np.logaddexp(0, logit).sum())
    gap = abs(float((1 / (1 + np.exp(-logit))).sum() - treated.sum()))
    after = worst_difference(covariates, treated == 1, logit)
    return {**spent, "log_likelihood": likelihood, "score_gap": gap, "after": after}


def dummies(covariates: pd.DataFrame) -> np.ndarray:
    """Columns without intercept; the first level of each category is the reference."""
    return pd.get_dummies(covariates, drop_first=True, dtype=float).to_numpy(dtype=float)


def timed(work: Callable[[], Any]) -> tuple[Any, Spent]:
    """What some work gives, and the time and peak memory it took, with the data that it works on."""
    status = Path("/proc/self/status")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    began, cpu = time.perf_counter(), time.process_time()
    found = work()
    seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - cpu
    peak = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    gib = int(peak.split()[1]) / 1024**2
    return found, {"seconds": seconds, "cpu_seconds": cpu_seconds, "peak_gib": gib}


def worst_difference(covariates: pd.DataFrame, treated: np.ndarray, logit: np.ndarray) -> float:
    """Largest |difference of means| in standard deviations of the participants, levels one by one."""
    weight = radius_weights(logit, treated)
    worst = 0.0
    for _, column in covariates.items():
        if pd.api.types.is_numeric_dtype(column):
            values = column.to_numpy(dtype=float)
            means = [np.average(values[side], weights=weight[side]) for side in (treated, ~treated)]
            spread = values[treated].std(ddof=1)
            worst = max(worst, abs(means[0] - means[1]) / spread)
            continue
        codes, levels = pd.factorize(column)
        shares, found = (
            np.bincount(codes[side], weight[side], len(levels)) / weight[side].sum()
            for side in (treated, ~treated)
        )
        plain = np.bincount(codes[treated], minlength=len(levels)) / treated.sum()
        apart = np.abs(shares - found)[plain > 0] / np.sqrt(plain * (1 - plain))[plain > 0]
        worst = max(worst, float(apart.max()))
    return float(worst)


def radius_weights(logit: np.ndarray, treated: np.ndarray) -> np.ndarray:
    """One for each participant with a neighbour; the pool shares what each participant gives out."""
    calliper, at = calliper_of(logit, treated), logit[treated]
    pool, order = logit[~treated], np.argsort(logit[~treated])
    first, last = (
        np.searchsorted(pool[order], at + c, s) for c, s in ((-calliper, "left"), (calliper, "right"))
    )
    near = last - first
    kept = near > 0
    steps = np.zeros(len(pool) + 1)
    np.add.at(steps, first[kept], 1 / near[kept])
    np.add.at(steps, last[kept], -1 / near[kept])
    shared = np.empty(len(pool))
    shared[order] = np.maximum(np.cumsum(steps)[:-1], 0)
    weight = np.empty(len(logit))
    weight[treated], weight[~treated] = kept, shared
    return weight


def statsmodels(covariates: pd.DataFrame, treated: np.ndarray) -> tuple[np.ndarray, Spent]:
    from statsmodels.api import Logit, add_constant

    design = add_constant(dummies(covariates))
    fit, spent = timed(lambda: Logit(treated, design).fit(disp=0))
    return design @ fit.params, spent


def sklearn(solver: str, covariates: pd.DataFrame, treated: np.ndarray) -> tuple[np.ndarray, Spent]:
    from sklearn.linear_model import LogisticRegression

    design = dummies(covariates)
    # Without its ridge, which is on by default; more iterations than the default 100 so that only `tol` ends it.
    model = LogisticRegression(C=np.inf, solver=solver, max_iter=10_000)
    fit, spent = timed(lambda: model.fit(design, treated))
    return fit.decision_function(design), spent


def sklearn_lbfgs(covariates: pd.DataFrame, treated: np.ndarray) -> tuple[np.ndarray, Spent]:
    return sklearn("lbfgs", covariates, treated)


def sklearn_newton(covariates: pd.DataFrame, treated: np.ndarray) -> tuple[np.ndarray, Spent]:
    return sklearn("newton-cholesky", covariates, treated)


def glum(covariates: pd.DataFrame, treated: np.ndarray) -> tuple[np.ndarray, Spent]:
    from glum import GeneralizedLinearRegressor

    text = covariates.select_dtypes(exclude=["number", "bool"]).columns
    typed = covariates.astype(dict.fromkeys(text, "category"))
    # Its default of 1e-4 leaves the sum of the scores 0.2 off.
    model = GeneralizedLinearRegressor(family="binomial", alpha=0, drop_first=True, gradient_tol=1e-6)
    fit, spent = timed(lambda: model.fit(typed, treated))
    return fit.linear_predictor(typed), spent


# Matches on the given score


def matched(home: Path, match: Callable[..., dict[str, float]]) -> dict[str, float]:
    """Seconds, participants matched and the plain difference in the outcome."""
    treated = pd.read_parquet(home / "units.parquet", columns=["treated"])["treated"].to_numpy()
    logit = pd.read_parquet(home / "score.parquet")["logit"].to_numpy()
    outcome = pd.read_parquet(home / "outcomes.parquet")["reoffended"].to_numpy().astype(float)
    calliper = calliper_of(logit, treated)
    return {"calliper": calliper, **match(logit, treated, outcome, calliper)}


def calliper_of(logit: np.ndarray, treated: np.ndarray) -> float:
    sides = logit[treated], logit[~treated]
    return CALLIPER * float(np.sqrt(np.mean([side.var(ddof=1) for side in sides])))


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

    (near, weight), spent = timed(work)
    kept = near > 0
    effect = outcome[treated][kept].mean() - outcome[~treated] @ weight / weight.sum()
    effective = weight.sum() ** 2 / (weight @ weight)
    return told(spent, int(kept.sum()), effect) | {"effective": float(effective)}


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

    found, spent = timed(work)
    mates = found.loc[0, "matches"][treated]
    kept = mates.map(len).to_numpy() > 0
    others = np.array([outcome[mate[0]] for mate in mates[kept]])
    return told(spent, int(kept.sum()), outcome[treated][kept].mean() - others.mean())


def psmpy(logit: np.ndarray, treated: np.ndarray, outcome: np.ndarray, calliper: float) -> dict[str, float]:
    """Nearest neighbour without replacement; its own score is set to the given one."""
    from psmpy import PsmPy

    frame = pd.DataFrame({"unit": np.arange(len(logit)), "treated": treated.astype(int), "logit": logit})
    model = PsmPy(frame, treatment="treated", indx="unit", exclude=[])
    model.predicted_data = frame.assign(propensity_score=1 / (1 + np.exp(-logit)), propensity_logit=logit)
    _, spent = timed(
        lambda: model.kdtree_matched(matcher="propensity_logit", replacement=False, caliper=calliper)
    )
    pairs = model.matched_ids.dropna()
    ours, others = (pairs.iloc[:, i].to_numpy(dtype=int) for i in (0, 1))
    return told(spent, len(pairs), outcome[ours].mean() - outcome[others].mean())


def told(spent: Spent, kept: int, effect: float) -> dict[str, float]:
    return {**spent, "matched": kept, "effect": float(effect)}


SCORES = {
    "statsmodels": statsmodels,
    "sklearn_lbfgs": sklearn_lbfgs,
    "sklearn_newton": sklearn_newton,
    "glum": glum,
}
MATCHES = {"naive": naive, "causallib": causallib, "psmpy": psmpy}

if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
