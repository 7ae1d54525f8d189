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
    exponential of their index (Gumbel's maximum), so that the true score is a logistic one in the design.

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


def plant(
    outcomes: pl.DataFrame, chosen: pl.Series, measure: Measure, share: float, rng: np.random.Generator
) -> pl.DataFrame:
    """Outcomes had the programme prevented a share of what happened to its participants (or won it, for days).

    Parameters
    ----------
    outcomes
        With `event_id` and the measure's column.
    chosen
        `event_id` of participants.
    share
        Chance that an event does not happen; of a number of days, by how much the days after the event shrink.
    """
    values = outcomes[measure.column].cast(pl.Float64).to_numpy()
    theirs = outcomes["event_id"].is_in(chosen.implode()).to_numpy()
    if measure.kind == "time":
        changed = values + share * (np.nanmax(values) - values)
    else:
        changed = rng.binomial(np.nan_to_num(values).astype(np.int64), 1 - share).astype(float)
    column = pl.Series(measure.column, np.where(theirs, changed, values))
    return outcomes.with_columns(
        column.cast(outcomes.schema[measure.column]) if measure.kind == "rate" else column
    )
