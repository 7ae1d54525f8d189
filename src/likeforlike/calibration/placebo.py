"""A programme that never was: untreated people, chosen the way programmes choose, and known to be unhelped."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.followup import Sample
from likeforlike.labs.definition import Measure
from likeforlike.matching.design import Design
from likeforlike.terms import Flow

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Selection:
    """How a placebo programme chooses: by an index of what is known, with a standard deviation of `strength`."""

    strength: float
    size: int


def draw(
    bystanders: Sample, design: Design, selection: Selection, rng: np.random.Generator
) -> tuple[Sample, Floats]:
    """Choose a programme's participants among bystanders.

    Each term of the design gets a random part in the index; people are drawn without replacement with odds of the
    exponential of their index (the largest of Gumbel noises: Kool, van Hoof & Welling 2019), so that the true score
    is a logistic one in the design as long as few of many take part.

    Returns
    -------
    tuple
        The bystanders with the chosen as participants, and each one's index, shape (units,).
    """
    index = design.times(np.append(0.0, rng.normal(size=len(design.terms) - 1)))
    index = selection.strength * (index - index.mean()) / max(float(index.std()), 1e-12)
    keys = index + rng.gumbel(size=len(index))
    chosen = np.zeros(len(index), dtype=bool)
    chosen[np.argpartition(keys, -selection.size)[-selection.size :]] = True
    frame = bystanders.frame.with_columns(treated=pl.Series(chosen))
    flow, pool_flow = Flow.start(selection.size), Flow.start(len(index) - selection.size)
    return replace(bystanders, frame=frame, flow=flow, pool_flow=pool_flow), index


def plant(values: Floats, chosen: Mask, measure: Measure, share: float, rng: np.random.Generator) -> Floats:
    """Outcomes had the programme prevented a share of what happened to its participants.

    Parameters
    ----------
    values
        (units,) the measure's outcome as it was: 0 and 1, a number, or days without an event.
    chosen
        (units,) who took part.
    share
        Chance of each event that it does not happen; days without an event come nearer to the longest by this share.
    """
    if measure.kind == "time":
        changed = values + share * (np.max(values) - values)
    else:
        changed = rng.binomial(values.astype(np.int64), 1 - share).astype(np.float64)
    return np.where(chosen, changed, values)


def planted_effect(values: Floats, chosen: Mask, weight: Floats, measure: Measure, share: float) -> float:
    """What `plant` changes on average: the truth that an estimate is held against.

    Parameters
    ----------
    weight
        (units,): how much each participant counts.
    """
    own, counts = values[chosen], weight[chosen]
    if measure.kind == "time":
        return share * float(np.average(np.max(values) - own, weights=counts))
    return -share * float(np.average(own, weights=counts))
