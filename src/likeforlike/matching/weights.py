"""What every way of matching gives: a weight for each participant and each pool member."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of both groups; they have the same sum.

    `treated` (participants,) is 0 for those left out; `pool` (pool,) is not negative; `pairs` are the places of each
    participant and of one of their matches, for nearest neighbours only.
    """

    treated: Floats
    pool: Floats
    pairs: tuple[Places, Places] | None = None

    @property
    def matched(self) -> int:
        """Participants with any weight."""
        return int(np.count_nonzero(self.treated))
