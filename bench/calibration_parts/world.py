"""A world with known truth: ten covariates, a logistic score, an outcome, and an effect on the treated."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Floats = NDArray[np.float64]
SELECTION = np.array([0.8, -0.6, 0.5, -0.4, 0.3, 0.0, 0.6, -0.5, 0.4, 0.0])
PROGNOSIS = np.array([0.6, 0.3, 0.0, -0.5, 0.4, 0.5, -0.6, 0.4, 0.0, 0.5])
PREVENTED = 0.15
POOL = {30: 3_000, 100: 5_000, 500: 10_000, 2_000: 20_000}


@dataclass(frozen=True, slots=True)
class World:
    """One draw; arrays are (units,) but for `known`, (units, 10), which is all that an analyst sees."""

    known: Floats
    treated: NDArray[np.bool_]
    risk: Floats
    """Chance of the event without the programme."""
    plain: Floats
    """What happened without any effect."""
    helped: Floats
    """What happened where the programme prevented 15% of events."""

    def among(self, mask: NDArray[np.bool_]) -> World:
        """Some of the units."""
        return World(*(getattr(self, field.name)[mask] for field in fields(self)))


def draw(treated: int, strength: float, misspecified: bool, rng: np.random.Generator) -> World:
    """Draw participants and pool.

    Parameters
    ----------
    strength
        Standard deviation of the logit of the true score.
    misspecified
        Whether score and risk also bend with squares and products that the analyst does not know of.
    """
    units = treated + POOL[treated]
    known = np.column_stack([rng.normal(size=(units, 6)), rng.random((units, 4)) < [0.2, 0.35, 0.5, 0.1]])
    centred = known - [0, 0, 0, 0, 0, 0, 0.2, 0.35, 0.5, 0.1]
    bend = 0.5 * (centred[:, 0] ** 2 - 1) + 0.5 * centred[:, 1] * centred[:, 2] if misspecified else 0.0
    index = _standard(centred @ SELECTION + bend) * strength
    keys = index + rng.gumbel(size=units)
    chosen = np.zeros(units, dtype=bool)
    chosen[np.argpartition(keys, -treated)[-treated:]] = True
    risk = expit(-0.8 + 0.9 * _standard(centred @ PROGNOSIS + bend))
    plain = (rng.random(units) < risk).astype(float)
    kept = rng.random(units) >= PREVENTED
    return World(known, chosen, risk, plain, np.where(chosen, plain * kept, plain))


def _standard(values: Floats) -> Floats:
    return (values - values.mean()) / values.std()
