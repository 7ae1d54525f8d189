"""Intervals for shares, and for their difference and ratio, that hold for small groups and for none or all.

Events and people need not be whole: a weighted group enters with its effective size and that size times its rate.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from likeforlike.estimates.difference import CONFIDENCE
from likeforlike.estimates.inference import NAN, UNKNOWN_INTERVAL, Interval, hybrid, quantile, two_sided

HALVINGS = 60


def wilson(x: float, n: float, confidence: float = CONFIDENCE) -> Interval:
    """Interval of a share of x in n. Wilson 1927.

    (p + z²/2n ± z sqrt(p(1 − p)/n + z²/4n²)) / (1 + z²/n); unknown for nobody.

    Raises
    ------
    ValueError
        x is not between 0 and n.
    """
    if n <= 0:
        return UNKNOWN_INTERVAL
    return wilson_at(_share(x, n), n, quantile(confidence))


def wilson_at(p: float, n: float, z: float) -> Interval:
    """Wilson's interval of a share p of n people, z standard errors wide either way."""
    middle, scale = p + z**2 / (2 * n), 1 + z**2 / n
    half = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    low, high = (middle - half) / scale, (middle + half) / scale
    # Rounding alone may put a limit of none or all a hair inside the estimate.
    return Interval(p, _within(low, 0.0, p), _within(high, p, 1.0))


def newcombe(x1: float, n1: float, x0: float, n0: float, confidence: float = CONFIDENCE) -> Interval:
    """Difference of shares x1/n1 − x0/n0 from Wilson's interval of each. Newcombe 1998, method 10.

    Parameters
    ----------
    x1, n1
        Events and people of the treatment group.
    x0, n0
        Of the comparison group; effective people where it is weighted.

    Raises
    ------
    ValueError
        x is not between 0 and n.
    """
    if min(n1, n0) <= 0:
        return UNKNOWN_INTERVAL
    found = hybrid(wilson(x1, n1, confidence), wilson(x0, n0, confidence))
    return Interval(found.estimate, max(found.low, -1.0), min(found.high, 1.0))


def miettinen_nurminen(
    x1: float, n1: float, x0: float, n0: float, confidence: float = CONFIDENCE
) -> Interval:
    """Difference of shares x1/n1 − x0/n0 by the score statistic. Miettinen and Nurminen 1985.

    All d with (p1 − p0 − d)² ≤ z² [q1(1 − q1)/n1 + q0(1 − q0)/n0] N/(N − 1), where q1 − q0 = d are the most
    likely shares that differ by d (a closed cubic). Parameters and errors as for `newcombe`.
    """
    if min(n1, n0) <= 0 or n1 + n0 <= 1:
        return UNKNOWN_INTERVAL
    found = _share(x1, n1) - _share(x0, n0)
    limit = quantile(confidence) ** 2

    def outside(d: float) -> bool:
        return (found - d) ** 2 > limit * _variance_if_differing(x1, n1, x0, n0, d)

    return Interval(found, _edge(outside, -1.0, found), _edge(outside, 1.0, found))


def miettinen_nurminen_ratio(
    x1: float, n1: float, x0: float, n0: float, confidence: float = CONFIDENCE
) -> Interval:
    """Ratio of shares (x1/n1) / (x0/n0) by the score statistic. Miettinen and Nurminen 1985.

    Infinite without events in comparison; unknown without any events. Parameters and errors as for `newcombe`.
    """
    if min(n1, n0) <= 0 or n1 + n0 <= 1 or x1 + x0 <= 0:
        return UNKNOWN_INTERVAL
    p1, p0 = _share(x1, n1), _share(x0, n0)
    limit = quantile(confidence) ** 2

    # s = R / (1 + R) runs from 0 to 1 while R runs from 0 to infinity; 1 − s scales the statistic to stay finite.
    def outside(s: float) -> bool:
        return ((1 - s) * p1 - s * p0) ** 2 > limit * _variance_if_in_ratio(x1, n1, x0, n0, s)

    found = p1 / (p1 + p0)
    low, high = _edge(outside, 0.0, found), _edge(outside, 1.0, found)
    return Interval(_odds(found), _odds(low), _odds(high))


def score_p_value(x1: float, n1: float, x0: float, n0: float) -> float:
    """Two-sided p-value of no difference that goes with Miettinen and Nurminen's intervals.

    Unknown where there is nothing to tell apart: no events at all, or everybody.
    """
    if min(n1, n0) <= 0 or n1 + n0 <= 1:
        return NAN
    variance = _variance_if_differing(x1, n1, x0, n0, 0.0)
    apart = _share(x1, n1) - _share(x0, n0)
    return two_sided(apart / math.sqrt(variance)) if variance > 0 else NAN


def _share(x: float, n: float) -> float:
    if not -1e-9 * n <= x <= n * (1 + 1e-9):
        raise ValueError(f"Events lie between 0 and the number of people, {n}, not at {x}.")
    return _within(x / n, 0.0, 1.0)


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def _odds(s: float) -> float:
    return s / (1 - s) if s < 1 else float("inf")


def _edge(outside: Callable[[float], bool], far: float, near: float) -> float:
    """Where outside begins between the estimate, which is inside, and the end of the scale."""
    if not outside(far):
        return far
    for _ in range(HALVINGS):
        middle = (far + near) / 2
        far, near = (middle, near) if outside(middle) else (far, middle)
    return near


def _variance_if_differing(x1: float, n1: float, x0: float, n0: float, d: float) -> float:
    total = n1 + n0
    cubic = total
    square = (n1 + 2 * n0) * d - total - x1 - x0
    linear = (n0 * d - total - 2 * x0) * d + x1 + x0
    constant = x0 * d * (1 - d)
    third = square / (3 * cubic)
    q = third**3 - linear * square / (6 * cubic**2) + constant / (2 * cubic)
    p = math.copysign(math.sqrt(max(third**2 - linear / (3 * cubic), 0.0)), q)
    angle = (math.pi + math.acos(_within(q / p**3, -1.0, 1.0))) / 3 if p != 0 else math.pi / 2
    q0 = _within(2 * p * math.cos(angle) - third, max(0.0, -d), min(1.0, 1.0 - d))
    q1 = _within(q0 + d, 0.0, 1.0)
    return (q1 * (1 - q1) / n1 + q0 * (1 - q0) / n0) * total / (total - 1)


def _variance_if_in_ratio(x1: float, n1: float, x0: float, n0: float, s: float) -> float:
    """Variance of (1 − s) p1 − s p0 when the shares are as s to 1 − s."""
    r, total = (s, 1 - s), n1 + n0
    square = total * r[0]
    linear = n1 * r[0] + x1 * r[1] + n0 * r[1] + x0 * r[0]
    root = math.sqrt(max(linear**2 - 4 * square * (x1 + x0) * r[1], 0.0))
    # The stable form of the smaller root; q1 / q0 = R.
    q0 = min(2 * (x1 + x0) * r[1] / (linear + root), 1.0)
    q1 = min(2 * (x1 + x0) * r[0] / (linear + root), 1.0)
    return (r[1] ** 2 * q1 * (1 - q1) / n1 + r[0] ** 2 * q0 * (1 - q0) / n0) * total / (total - 1)
