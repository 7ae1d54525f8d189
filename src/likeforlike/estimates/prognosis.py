"""What the outcome would be expected to be without the programme, from the covariates: linear bias correction.

Matching leaves small differences within the calliper. Taking each outcome as its distance from a linear prognosis
removes them, and with them the part of chance that the covariates explain. Abadie & Imbens 2011, Journal of
Business & Economic Statistics 29(1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.matching.design import Design

Floats = NDArray[np.float64]
PEOPLE_PER_TERM = 10


@dataclass(frozen=True, slots=True)
class Prognosis:
    """Least squares among the comparison people, for any outcome."""

    design: Design
    comparison: Floats
    """(units,), 1 for comparison people."""
    inverse: Floats | None
    """Of their gram matrix; none where there are fewer than ten of them for each term."""

    @classmethod
    def of(cls, design: Design, comparison: NDArray[np.bool_]) -> Prognosis:
        """Prepare the fit.

        Parameters
        ----------
        design
            (units, terms) covariates of participants and comparison people.
        comparison
            (units,), true for comparison people.
        """
        chosen = comparison.astype(np.float64)
        if comparison.sum() < PEOPLE_PER_TERM * len(design.terms):
            return cls(design, chosen, None)
        inverse = np.linalg.pinv(design.gram(chosen), rcond=1e-11, hermitian=True).astype(np.float64)
        return cls(design, chosen, inverse)

    @property
    def inflation(self) -> float:
        """By how much, n / (n − terms), the comparison people's own squared residuals look too small."""
        people = float(self.comparison.sum())
        return 1.0 if self.inverse is None else people / (people - len(self.design.terms))

    def expected(self, outcome: Floats) -> Floats:
        """Expected outcome of everyone, shape (units,); zeros where there are too few to say."""
        if self.inverse is None:
            return np.zeros(len(outcome))
        return self.design.times(self.inverse @ self.design.totals(self.comparison * outcome))
