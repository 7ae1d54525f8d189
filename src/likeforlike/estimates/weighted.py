"""Difference of weighted means: inverse-probability, overlap and balancing weights, or those of a match.

The regression of the outcome on treatment by weighted least squares, with the standard errors of White 1980 (HC0)
and MacKinnon & White 1985 (HC1, HC2, HC3). They take the weights as given, which is safe for the odds of an
estimated score; `with_estimated_score` takes off what the estimation explains (Lunceford & Davidian 2004; Hirano,
Imbens & Ridder 2003).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from likeforlike.estimates.linearised import Group, Linearised
from likeforlike.matching.design import Design

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Robust = Literal["HC0", "HC1", "HC2", "HC3"]


def weighted_means(
    treated: Floats,
    pool: Floats,
    treated_weight: Floats,
    pool_weight: Floats,
    kind: Robust = "HC3",
) -> Linearised:
    """Difference of weighted means (Hájek) with heteroskedasticity-robust terms.

    Parameters
    ----------
    treated, pool
        (m,) and (n,) outcomes.
    treated_weight, pool_weight
        (m,) and (n,), not negative; their scale does not matter; people of no weight do not count.
    kind
        HC3 is the most careful; HC1 is what clusters start from in other software.
    """
    used = np.count_nonzero(treated_weight) + np.count_nonzero(pool_weight)
    mean_treated, treated_group = _group(treated, treated_weight, kind, int(used))
    mean_pool, pool_group = _group(pool, pool_weight, kind, int(used))
    return Linearised(mean_treated, mean_pool, treated_group, Group(-pool_group.terms, pool_group.share))


def weight_slopes(method: str, logit: Floats, treated: Mask) -> tuple[Floats, Floats]:
    """Derivative of each weight by the logit, over the weight: of `odds`, or of `overlap`; participants, pool."""
    p = expit(logit) if method == "overlap" else np.zeros(len(logit))
    return -p[treated], 1 - p[~treated]


def with_estimated_score(
    found: Linearised, slope: tuple[Floats, Floats], design: Design, treated: Mask, logit: Floats
) -> Linearised:
    """Terms where the weights are a function of a logistic score fitted to the same people.

    term_i + d' I⁻¹ x_i (t_i − p_i), with d the derivative of the estimate by the score's coefficients: M-estimation,
    Stefanski & Boos 2002.

    Parameters
    ----------
    found
        Of `weighted_means` with HC0.
    slope
        As `weight_slopes` gives it.
    design, treated, logit
        (units, terms), (units,) and (units,) of the score's fit at its maximum, everyone who was in it.

    Raises
    ------
    numpy.linalg.LinAlgError
        The score's information is singular.
    """
    p = expit(logit)
    moved = np.zeros(len(design))
    moved[treated], moved[~treated] = slope[0] * found.treated.terms, slope[1] * found.pool.terms
    direction: Floats = np.linalg.solve(design.gram(p * (1 - p)), design.totals(moved)).astype(np.float64)
    explained = design.times(direction) * (treated - p)
    return replace(
        found,
        treated=Group(found.treated.terms + explained[treated], found.treated.share),
        pool=Group(found.pool.terms + explained[~treated], found.pool.share),
    )


def _group(outcome: Floats, weight: Floats, kind: Robust, used: int) -> tuple[float, Group]:
    share = weight / weight.sum()
    mean = float(share @ outcome)
    terms = share * (outcome - mean)
    free = np.where(share < 1, 1 - share, 1.0)
    if kind == "HC1":
        terms *= np.sqrt(used / (used - 2)) if used > 2 else np.nan
    elif kind == "HC2":
        terms /= np.sqrt(free)
    elif kind == "HC3":
        terms /= free
    return mean, Group(terms, share)
