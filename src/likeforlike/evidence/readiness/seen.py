"""The smallest effect that a number of people can show, by each measure, and how likely given effects are seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from likeforlike.detectable import (
    detectable_effect,
    frequency_spread,
    participants_needed,
    power_to_detect,
    rate_spread,
)
from likeforlike.labs.definition import History, Measure, Typical


@dataclass(frozen=True, slots=True)
class Chance:
    """An effect, the chance to see it, and the people in the analysis who would see it four times in five."""

    effect: float
    power: float
    needed: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What can be seen by one measure, on the scale on which it is shown (rates in points)."""

    measure: Measure
    typical: float
    smallest: float
    """With the likeliest number of people analysed."""
    at_most: float
    """With the fewest that are likely."""
    at_least: float
    """With the most that are likely."""
    chances: tuple[Chance, ...]
    per_participant: float
    spread: float
    scale: float
    """From the measure's own unit to the one shown."""

    def smallest_of(self, people: float) -> float:
        """The smallest effect that so many people show four times in five."""
        found = detectable_effect(people, self.per_participant, self.spread)
        return float(found) * self.scale


def seen(history: History, typical: Typical, measure: Measure, people: tuple[float, float, float]) -> Seen:
    """What a measure can show.

    Parameters
    ----------
    people
        In the analysis: the fewest likely, the likeliest, the most.
    """
    spread, scale = spread_of(typical, measure), 100.0 if measure.kind == "rate" else 1.0
    low, middle, high = (
        float(detectable_effect(max(n, 1.0), history.per_participant, spread)) * scale for n in people
    )
    chances = tuple(
        Chance(
            effect * scale,
            float(power_to_detect(effect, max(people[1], 1.0), history.per_participant, spread)),
            int(participants_needed(effect, history.per_participant, spread)),
        )
        for effect in typical.effects
    )
    return Seen(
        measure,
        typical.mean * scale,
        middle,
        low,
        high,
        chances,
        history.per_participant,
        spread,
        scale,
    )


def spread_of(typical: Typical, measure: Measure) -> float:
    """Standard deviation of the outcome in one person."""
    if measure.kind == "rate":
        return float(rate_spread(typical.mean))
    if measure.kind == "frequency":
        return float(frequency_spread(typical.mean, typical.dispersion or 1.0))
    return float(np.asarray(typical.spread or 0.0))
