"""What the outcome would be expected to be without the programme, from the covariates: linear bias correction.

Matching leaves small differences within the calliper. Taking each outcome as its distance from a linear prognosis
removes them, and with them the part of chance that the covariates explain. Abadie & Imbens 2011, Journal of
Business & Economic Statistics 29(1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from likeforlike.matching.design import Design

Floats = NDArray[np.float64]
PEOPLE_PER_TERM = 10


def prognosis(design: Design, comparison: NDArray[np.bool_], outcome: Floats) -> tuple[Floats, float]:
    """Least squares among the comparison people, read off for everyone.

    Parameters
    ----------
    design
        (units, terms) covariates of participants and comparison people.
    comparison
        (units,), true for comparison people.
    outcome
        (units,); only those of comparison people are used.

    Returns
    -------
    tuple
        (units,) expected outcome, and the factor n / (n − terms) by which the comparison people's own residuals
        look too small. Zeros and 1 where there are fewer than ten comparison people for each term.
    """
    people, terms = int(comparison.sum()), design.matrix.shape[1]
    if people < PEOPLE_PER_TERM * terms:
        return np.zeros(len(outcome)), 1.0
    coefficients, *_ = np.linalg.lstsq(design.matrix[comparison], outcome[comparison], rcond=None)
    expected: Floats = design.matrix @ coefficients
    return expected, people / (people - terms)
