"""The mean of each kind of programme by itself, and whether kinds differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from likeforlike.evidence.library.library import GROUPINGS, Result
from likeforlike.evidence.meta.between import reml
from likeforlike.evidence.meta.heterogeneity import generalised_q
from likeforlike.evidence.meta.pool import Pooled, fixed_effect, random_effects


@dataclass(frozen=True, slots=True)
class Level:
    """One kind: how many results it has, and their mean."""

    name: str
    count: int
    pooled: Pooled
    tau2: float


@dataclass(frozen=True, slots=True)
class Grouping:
    """The kinds that results are told apart by, and the test that all have the same mean."""

    name: str
    levels: tuple[Level, ...]
    unknown: int
    """Results of which the library does not say what kind they are."""
    q: float
    p_value: float


def groupings(results: Sequence[Result]) -> tuple[Grouping, ...]:
    """Every grouping that tells results apart.

    Each kind has its own variance between programmes. Kinds differ if Cochran's Q of their means, with conventional
    standard errors, is beyond chi-squared: Borenstein & Higgins 2013, Prevention Science 14.
    """
    found = (_grouping(name, results) for name in GROUPINGS)
    return tuple(grouping for grouping in found if grouping is not None)


def _grouping(name: str, results: Sequence[Result]) -> Grouping | None:
    told = [getattr(r.about, name) for r in results]
    names = sorted(set(told) - {""})
    if len(names) < 2:
        return None
    levels, means, variances = [], [], []
    for level in names:
        inside = [r for r, t in zip(results, told, strict=True) if t == level]
        y = np.array([r.estimate for r in inside])
        v = np.array([r.std_error**2 for r in inside])
        tau2 = reml(y, v) if len(inside) > 1 else 0.0
        pooled = random_effects(y, v, tau2, widen=True) if len(inside) > 1 else fixed_effect(y, v)
        levels.append(Level(level, len(inside), pooled, tau2))
        means.append(pooled.estimate)
        variances.append(random_effects(y, v, tau2, hartung_knapp=False).std_error ** 2)
    q = generalised_q(np.array(means), np.array(variances), 0.0)
    return Grouping(name, tuple(levels), told.count(""), q, float(chdtrc(len(names) - 1, q)))
