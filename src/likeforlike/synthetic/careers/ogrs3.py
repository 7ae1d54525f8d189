"""The Offender Group Reconviction Scale, version 3."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

ONE_YEAR = 1.402562384
TWO_YEARS = 2.121705678
COPAS = 1.251124464
NO_PRIORS = 0.126142106
PRIORS = 0.463062792


@dataclass(frozen=True, slots=True)
class Ogrs3:
    """Coefficients: `age` and `group` have a row for women and a row for men."""

    age_from: Integers
    age: Floats
    groups: tuple[str, ...]
    group: Floats

    def log_odds(
        self,
        male: NDArray[np.bool_],
        age: Floats,
        years_since_first: Floats,
        earlier: Integers,
        group: Integers,
    ) -> Floats:
        """Log-odds of a proven reoffence within one year.

        Parameters
        ----------
        male, age
            Sex, and age in years at the date from which the person is free to reoffend.
        years_since_first
            Years from the first sanction to the current one.
        earlier
            Sanctions before the current one.
        group
            Position of the offence group in `groups`.

        Notes
        -----
        Howard, Francis, Soothill and Humphreys (2009), *OGRS 3: the revised Offender Group Reconviction
        Scale*, Ministry of Justice. The log-odds for two years are higher by `TWO_YEARS - ONE_YEAR`.
        """
        sex = male.astype(np.int64)
        band = np.searchsorted(self.age_from, np.maximum(age, self.age_from[0]), side="right") - 1
        copas = np.log((1 + earlier) / (10 + np.maximum(years_since_first, 0)))
        history = np.where(earlier == 0, NO_PRIORS, PRIORS)
        score: Floats = ONE_YEAR + COPAS * copas + history + self.age[sex, band] + self.group[sex, group]
        return score
