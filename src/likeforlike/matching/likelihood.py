"""The logistic likelihood at a point, plain or with a penalty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit

from likeforlike.matching.design import Design

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Penalty = Literal["none", "firth", "ridge"]
PRIOR_SD = 2.5
"""Of each standardised term under `ridge`: a prior of moderate effects (Gelman et al. 2008)."""


@dataclass(frozen=True, slots=True)
class Point:
    """The penalised log-likelihood at some coefficients, and how it changes there."""

    value: float
    gradient: Floats
    information: Callable[[], Floats]
    """Worked out on demand: it costs more than all the rest."""
    logit: Floats


Likelihood = Callable[[Floats], Point]


def plain(design: Design, treated: Mask, among: Mask) -> Likelihood:
    """The likelihood itself, of those among whom it is wanted."""
    counted = among.astype(np.float64)

    def at(beta: Floats) -> Point:
        logit = design.times(beta)
        p = expit(logit)
        value = float(counted @ log_expit(np.where(treated, logit, -logit)))
        return Point(
            value, design.totals(counted * (treated - p)), lambda: design.gram(counted * p * (1 - p)), logit
        )

    return at


def ridge(design: Design, treated: Mask, among: Mask) -> Likelihood:
    """With independent normal priors on all terms but the intercept."""
    unpenalised = plain(design, treated, among)
    counted = among.astype(np.float64)
    means = design.totals(counted) / counted.sum()
    prior = (np.diag(design.gram(counted)) / counted.sum() - means**2) / PRIOR_SD**2
    prior[0] = 0.0

    def at(beta: Floats) -> Point:
        p = unpenalised(beta)
        value = p.value - float(prior @ beta**2) / 2
        return Point(value, p.gradient - prior * beta, lambda: p.information() + np.diag(prior), p.logit)

    return at


def firth(design: Design, treated: Mask, among: Mask) -> Likelihood:
    """With Jeffreys' prior: Firth 1993, Biometrika 80(1); Heinze & Schemper 2002, Statistics in Medicine 21(16)."""
    unpenalised = plain(design, treated, among)
    rows = design.dense()

    def at(beta: Floats) -> Point:
        point = unpenalised(beta)
        p, information = expit(point.logit), point.information()
        leverage = among * p * (1 - p) * ((rows @ np.linalg.inv(information)) * rows).sum(axis=1)
        gradient = point.gradient + (leverage * (0.5 - p)) @ rows
        _, volume = np.linalg.slogdet(information)
        return Point(point.value + float(volume) / 2, gradient, lambda: information, point.logit)

    return at


LIKELIHOODS: dict[Penalty, Callable[[Design, Mask, Mask], Likelihood]] = {
    "none": plain,
    "ridge": ridge,
    "firth": firth,
}
