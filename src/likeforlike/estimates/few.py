"""Rates of few people: an interval that does not lean on large numbers.

Each group's share gets Wilson's interval for as many people as its part of the error implies, and the two are put
together by the square-and-add rule (Newcombe 1998; Zou & Donner 2008).
"""

from __future__ import annotations

import math
from collections.abc import Callable

from likeforlike.estimates.difference import CONFIDENCE, Difference
from likeforlike.estimates.inference import Interval, hybrid, quantile, reaching, two_sided
from likeforlike.estimates.linearised import Group, Linearised
from likeforlike.estimates.rates import wilson_at
from likeforlike.matching.effective import effective_size

FEW = 100
"""Participants below which rates get this interval."""
"""Standard errors beyond which a p-value is nothing but nought."""
MOST_GAINED = 2.0
"""A prognosis may not make a group count for more than this many times its people."""


def few_people(found: Linearised) -> Difference:
    """A difference of shares with Newcombe's hybrid interval, and the p-value that goes with it.

    A share p whose part of the variance is V stands for p(1 − p)/V people: what weights cost and what the prognosis
    gains is in it. Of none or all, the effective people count. The p-value is that of the widest interval which leaves
    zero out. In simulation (30 participants, 60 to 240 effective others) intervals hold 94–96% of truths for
    rates from 5 to 80%; those of t hold 91% at a rate of 10%.

    Parameters
    ----------
    found
        Of outcomes 0 and 1, people independent.
    """
    first = _side(found.mean_treated, found.treated)
    second = _side(found.mean_comparison, found.pool)

    def limits(z: float) -> Interval:
        apart = hybrid(first(z), second(z))
        shift = found.estimate - apart.estimate
        return Interval(found.estimate, max(apart.low + shift, -1.0), min(apart.high + shift, 1.0))

    interval = limits(quantile(CONFIDENCE))
    return Difference(
        found.mean_treated,
        found.mean_comparison,
        found.estimate,
        math.sqrt(found.variance),
        interval.low,
        interval.high,
        two_sided(reaching(limits)),
    )


def _side(mean: float, group: Group) -> Callable[[float], Interval]:
    """Wilson's interval of a group's share by how many standard errors wide it is to be."""
    share = min(max(mean, 0.0), 1.0)
    people, variance, spread = effective_size(group.share), float((group.terms**2).sum()), share * (1 - share)
    if spread > 0 and variance > 0:
        people = min(spread / variance, MOST_GAINED * people)
    return lambda z: wilson_at(share, people, z)
