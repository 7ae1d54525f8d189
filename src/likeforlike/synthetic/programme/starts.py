"""When participants began and finished."""

from __future__ import annotations

import numpy as np
import polars as pl

from likeforlike.synthetic.programme.settings import ProgrammeSettings

LONGEST_BEFORE = 270
"""Days before release within which people begin in prison."""


def with_dates(chosen: pl.DataFrame, programme: ProgrammeSettings, rng: np.random.Generator) -> pl.DataFrame:
    """The chosen events with `start_day` and `end_day`.

    People who were in custody mostly begin there, once the sentence has begun; everybody else begins on the
    index day or some weeks after it, whether or not they have offended meanwhile.
    """
    size = len(chosen)
    index_day = chosen["index_day"].to_numpy()
    free_from = chosen["free_from"].fill_null(chosen["index_day"]).to_numpy()
    stay = index_day - free_from
    inside = (stay >= programme.shortest_stay) & (rng.random(size) < programme.before_release)
    before = 1 + np.floor(rng.random(size) * np.maximum(np.minimum(stay, LONGEST_BEFORE) - 1, 1))
    delay = np.floor(rng.exponential(programme.delay, size)).astype(np.int64)
    after = index_day + np.minimum(delay, programme.longest_delay)
    start = np.where(inside, index_day - before.astype(np.int64), after)
    length = 7 + np.floor(rng.gamma(2.0, programme.length / 2, size)).astype(np.int64)
    return chosen.with_columns(start_day=pl.Series(start), end_day=pl.Series(start + length))
