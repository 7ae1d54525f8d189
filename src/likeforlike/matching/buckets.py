"""Sorting people roughly in one pass: a bucket is a rounded-down line of the value, so it never falls as that grows."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BUCKETS = 2**16
"""The highest bucket; the lowest is 0."""


def bucket_of(values: Floats, low: float, high: float) -> NDArray[np.int32]:
    """Bucket of each value, with equal steps from `low` to `high`; whatever is beyond is in the first or last.

    Everybody is in bucket 0 where the line cannot be drawn: no width, or more than a float can hold.
    """
    width = high - low
    slope = BUCKETS / width if width > 0 else math.inf
    if not 0 < slope < math.inf:
        return np.zeros(len(values), dtype=np.int32)
    with np.errstate(over="ignore"):
        line = values - low
        line *= slope
    np.clip(line, 0, BUCKETS, out=line)
    return line.astype(np.int32)
