"""Whether results without a clear benefit seem to be missing: a selection model with one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import chdtrc, ndtr, ndtri

Floats = NDArray[np.float64]
STEP = 0.025
"""One-sided p-value at which a result counts as a clear benefit."""
LEAST, MOST = 1e-3, 1e2
"""Between these the relative chance is looked for."""
OPTIONS = {"xatol": 1e-9, "fatol": 1e-12, "maxiter": 20_000, "maxfev": 20_000}


@dataclass(frozen=True, slots=True)
class Selection:
    """How likely a result without a clear benefit is seen, relative to one with it, and the mean allowing for that."""

    relative_chance: float
    estimate: float
    tau2: float
    statistic: float
    p_value: float
    """Of the likelihood ratio test that both kinds are equally likely to be seen."""


def selection(y: Floats, v: Floats, *, lower_is_better: bool) -> Selection | None:
    """A result without a clear benefit is seen with a relative chance δ; maximum likelihood.

    `None` unless there are results on both sides of the step. Hedges 1992, Statistical Science 7; Vevea & Hedges 1995,
    Psychometrika 60. The same as metafor's `selmodel(type = "stepfun", steps = 0.025)`.
    """
    benefit = -y if lower_is_better else y
    error = np.sqrt(v)
    edge = ndtri(1 - STEP) * error
    seen_less = benefit <= edge
    if seen_less.all() or not seen_less.any():
        return None

    def lost(parameters: Floats, *, selects: bool) -> float:
        mean, tau2 = parameters[0], np.exp(parameters[1])
        chance = float(np.exp(parameters[2])) if selects else 1.0
        total = v + tau2
        clear = ndtr((mean - edge) / np.sqrt(total))
        density = -0.5 * (np.log(2 * np.pi * total) + (benefit - mean) ** 2 / total)
        seen = np.log(clear + chance * (1 - clear)) if selects else 0.0
        return float(-(density + np.where(seen_less, np.log(chance), 0.0) - seen).sum())

    scale = float(np.log(np.maximum(np.var(benefit), v.min())))
    around = [(None, None), (scale - 25, scale + 10)]
    start = [float(np.average(benefit, weights=1 / (v + np.exp(scale)))), scale]
    plain = _least(lambda p: lost(p, selects=False), [start, [start[0], scale - 8]], around)
    chances = (np.log(LEAST), np.log(MOST))
    starts = [[*plain[0], near] for near in (-2.0, -0.5, 0.0, 1.0)]
    best = _least(lambda p: lost(p, selects=True), starts, [*around, chances])
    mean, log_tau2, log_chance = best[0]
    statistic = max(0.0, 2 * (plain[1] - best[1]))
    return Selection(
        relative_chance=float(np.exp(log_chance)),
        estimate=float(-mean if lower_is_better else mean),
        tau2=float(np.exp(log_tau2)),
        statistic=statistic,
        p_value=float(chdtrc(1, statistic)),
    )


def _least(
    function: Callable[[Floats], float],
    starts: list[list[float]],
    bounds: list[tuple[float | None, float | None]],
) -> tuple[list[float], float]:
    tried = [
        minimize(function, start, method="Nelder-Mead", bounds=bounds, options=OPTIONS) for start in starts
    ]
    best = min(tried, key=lambda found: float(found.fun))
    return list(best.x), float(best.fun)
