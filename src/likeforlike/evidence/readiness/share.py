"""The share of a list that will likely be found and analysed, from what was published about earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, stdtr, stdtrit

from likeforlike.evidence.meta.between import reml
from likeforlike.evidence.meta.pool import random_effects

FEWEST = 3
"""Earlier requests from which a range can be predicted."""
HELD = 0.8
"""Share of new requests that the range is to hold: 95% of so few and so different ones would say nothing."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share that lies, four times in five, between its ends."""

    low: float
    middle: float
    high: float
    requests: int
    """Earlier requests it was learned from."""
    degrees: float
    spread: float
    """Standard deviation of a new request's log odds, with `degrees` of freedom."""

    def chance_below(self, share: float) -> float:
        """The chance that a new request's share is under this one."""
        if not 0 < share < 1:
            return float(share >= 1)
        return float(stdtr(self.degrees, (logit(share) - logit(self.middle)) / self.spread))


def predicted_share(parts: Sequence[tuple[int, int]]) -> Share | None:
    """Random effects of the log odds: their mean by REML, and the prediction interval (80%) of one more request.

    Parameters
    ----------
    parts
        For each earlier request: people of whom it was a share, and those who were in it. Half a person is added to
        either side, so that none and all have odds.

    Returns
    -------
    `None` with fewer than three.
    """
    if len(parts) < FEWEST:
        return None
    whole, inside = (np.array(side, dtype=np.float64) for side in zip(*parts, strict=True))
    y = np.log((inside + 0.5) / (whole - inside + 0.5))
    v = 1 / (inside + 0.5) + 1 / (whole - inside + 0.5)
    tau2 = reml(y, v)
    pooled = random_effects(y, v, tau2, widen=True)
    spread = (pooled.std_error**2 + tau2) ** 0.5
    half = float(stdtrit(pooled.degrees, (1 + HELD) / 2)) * spread
    return Share(
        float(expit(pooled.estimate - half)),
        float(expit(pooled.estimate)),
        float(expit(pooled.estimate + half)),
        len(parts),
        pooled.degrees,
        float(spread),
    )
