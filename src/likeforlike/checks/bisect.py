"""Where something that falls passes zero."""

from __future__ import annotations

from collections.abc import Callable

HALVINGS = 60


def crossing(value: Callable[[float], float], low: float, high: float) -> float:
    """The place between `low`, where the value is not negative, and `high`, where it is; to the last digit.

    >>> round(crossing(lambda x: 2 - x * x, 0.0, 2.0), 6)
    1.414214
    """
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if value(middle) >= 0:
            low = middle
        else:
            high = middle
    return low
