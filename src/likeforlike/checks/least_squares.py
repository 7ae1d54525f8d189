"""What covariates leave open of an outcome: weighted least squares on a design that is never held whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.matching.design import Design

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, repr=False)
class LeastSquares:
    """A design and weights, ready for any outcome."""

    design: Design
    weight: Floats
    """(units,), not negative."""
    inverse: Floats

    @classmethod
    def of(cls, design: Design, weight: Floats) -> LeastSquares:
        """Prepare the fit; terms that add nothing are left out by a pseudo-inverse."""
        inverse = np.linalg.pinv(design.gram(weight), rcond=1e-11, hermitian=True)
        return cls(design, weight, inverse.astype(np.float64))

    def coefficients(self, outcome: Floats) -> Floats:
        """Of the terms, shape (terms,)."""
        return self.inverse @ self.design.totals(self.weight * outcome)

    def residual(self, outcome: Floats) -> Floats:
        """What is left of the outcome, shape (units,)."""
        return outcome - self.design.times(self.coefficients(outcome))

    def left(self, outcome: Floats) -> float:
        """Weighted sum of squares that is left of the outcome."""
        return float(self.weight @ self.residual(outcome) ** 2)

    def left_beside(self, outcome: Floats, other: Floats) -> float:
        """The same with one more term. Frisch & Waugh 1933: both less what the covariates say of them."""
        y, d = self.residual(outcome), self.residual(other)
        spread = float(self.weight @ d**2)
        slope = float((self.weight * d) @ y) / spread if spread > 0 else 0.0
        return float(self.weight @ (y - slope * d) ** 2)


def explained(without: float, beside: float) -> float:
    """Partial R²: share of what was left open that more terms explain."""
    return max(1 - beside / without, 0.0) if without > 0 else 0.0
