"""How soon: who has had the event by each day, and the mean time without it, weighted.

People followed for the whole time are the usual case; those lost sooner (censored) and those whom something else
took first (a competing event, such as a death) are allowed for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from likeforlike.estimates.clusters import Labels, cluster_sums, cluster_variance
from likeforlike.estimates.difference import CONFIDENCE, Difference
from likeforlike.estimates.inference import NAN, around, quantile, two_sided
from likeforlike.matching.effective import effective_size

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Curve:
    """A share of people by each of some days, each (days,); NaN beyond the last day anybody was followed."""

    days: Floats
    share: Floats
    std_error: Floats
    conf_low: Floats
    conf_high: Floats
    at_risk: Floats
    """Weight of the people still followed and without any event just before the day."""


@dataclass(frozen=True, slots=True)
class _Steps:
    """What happens at each distinct time of an event, each (steps,)."""

    people: Floats
    """(people,) times of the people."""
    weight: Floats
    time: Floats
    at_risk: Floats
    wanted: Floats
    """Share of those at risk with the wanted event."""
    any: Floats
    """Share of those at risk with the wanted or the competing event."""
    before: Floats
    """Share without any event just before."""
    place: NDArray[np.intp]
    """(people,) steps up to and including each person's own time."""

    @classmethod
    def of(cls, time: Floats, event: Flags, other: Flags, weight: Floats) -> _Steps:
        at = np.unique(time[event | other])
        step = np.searchsorted(at, time)
        order = np.argsort(time, kind="stable")
        after = np.append(np.cumsum(weight[order][::-1])[::-1], 0.0)
        at_risk = after[np.searchsorted(time[order], at, side="left")]
        wanted, any_event = (
            np.bincount(step[have], weights=weight[have], minlength=len(at))
            for have in (event, event | other)
        )
        # Sums in another order can differ in the last digit where everyone left has the event.
        shares = [np.minimum(events / at_risk, 1.0) for events in (wanted, any_event)]
        shares = [np.where(share > 1 - 1e-12, 1.0, share) for share in shares]
        left = np.cumprod(1 - shares[1])
        before = np.append(1.0, left)[: len(at)]
        place = np.searchsorted(at, time, side="right")
        return cls(time, weight, at, at_risk, shares[0], shares[1], before, place)

    @property
    def after(self) -> Floats:
        return self.before * (1 - self.any)

    def own(self, event: Flags, hit: Floats, exposure: Floats, steps: int) -> Floats:
        """Sum over the first `steps` steps of hit dN − exposure, for each person; (people,)."""
        hit, exposure = hit[:steps], np.append(0.0, np.cumsum(exposure[:steps]))
        at = np.minimum(self.place, steps)
        having = event & (self.place <= steps)
        found = -exposure[at]
        found[having] += hit[self.place[having] - 1]
        return found


def cumulative_incidence(
    time: Floats,
    event: Flags,
    days: ArrayLike,
    weight: Floats | None = None,
    competing: Flags | None = None,
    confidence: float = CONFIDENCE,
    cluster: Labels | None = None,
) -> Curve:
    """The share that has had the event by each day. Aalen and Johansen 1978.

    Without a competing event it is one minus Kaplan and Meier's (1958) share. The standard error is
    sqrt(sum wᵢ² IFᵢ²), IF what each person adds (the infinitesimal jackknife): with equal weights and no competing
    event it is Greenwood's (1926). The limits are Wilson's for as many people as that error implies (Rothman 1978),
    so they stay between 0 and 1.

    Parameters
    ----------
    time
        (people,) days to the event, the competing event, or the end of being followed. People lost on a day were
        still at risk of that day's events.
    event, competing
        (people,) what ended the time; neither means lost to follow-up.
    days
        (days,) at which to read the curve.
    weight
        (people,); all count 1 without it.
    cluster
        (people,) who is not independent of whom: the errors are then of the clusters' sums (Liang and Zeger 1986).
    """
    labels = _labels(cluster, weight)
    at = np.atleast_1d(np.asarray(days, dtype=np.float64))
    time, event, other, weight = _people(time, event, weight, competing)
    if not len(time):
        nothing = np.full(len(at), np.nan)
        return Curve(at, nothing, nothing, nothing, nothing, np.zeros(len(at)))
    steps = _Steps.of(time, event, other, weight)
    reached = np.cumsum(steps.before * steps.wanted)
    upto = np.searchsorted(steps.time, at, side="right")
    share = np.append(0.0, reached)[upto]
    ends, where = np.unique(upto, return_inverse=True)
    errors = [_incidence_error(steps, event, other, reached, int(k), labels) for k in ends]
    error = np.array(errors)[where]
    unseen = (at > time.max()) & (np.append(1.0, steps.after)[upto] > 0)
    low, high = _limits(share, error, effective_size(weight), quantile(confidence))
    order = np.argsort(time, kind="stable")
    after = np.append(np.cumsum(weight[order][::-1])[::-1], 0.0)
    at_risk = after[np.searchsorted(time[order], at, side="left")]
    share, error, low, high = (np.where(unseen, np.nan, figure) for figure in (share, error, low, high))
    return Curve(at, share, error, low, high, at_risk)


def kaplan_meier(
    time: Floats,
    event: Flags,
    days: ArrayLike,
    weight: Floats | None = None,
    confidence: float = CONFIDENCE,
) -> Curve:
    """The share still without the event after each day. Kaplan and Meier 1958; else as `cumulative_incidence`."""
    found = cumulative_incidence(time, event, days, weight, confidence=confidence)
    return Curve(
        found.days,
        1 - found.share,
        found.std_error,
        1 - found.conf_high,
        1 - found.conf_low,
        found.at_risk,
    )


def restricted_mean(
    time: Floats,
    event: Flags,
    tau: float,
    weight: Floats | None = None,
    cluster: Labels | None = None,
) -> tuple[float, float]:
    """Mean time without the event within the first `tau` days (RMST), and its standard error.

    The area under Kaplan and Meier's curve up to tau. V = sum over events of (area from the event to tau)²
    d / (Y(Y − d)) (Irwin 1949; Karrison 1997); weighted, sum wᵢ² IFᵢ², which equals it for equal weights (Conner and
    others 2019). With everyone followed to tau it is the mean of min(time, tau). Unknown where nobody was followed as
    long as tau and somebody had no event. Parameters as for `cumulative_incidence`.
    """
    labels = _labels(cluster, weight)
    time, event, other, weight = _people(time, event, weight, None)
    if not len(time):
        return NAN, NAN
    steps = _Steps.of(time, event, other, weight)
    count = int(np.searchsorted(steps.time, tau, side="left"))
    left = np.append(1.0, steps.after)[: count + 1]
    widths = np.diff(np.concatenate([[0.0], steps.time[:count], [tau]]))
    if time.max() < tau and left[-1] > 0:
        return NAN, NAN
    areas = left * widths
    to_come = np.cumsum(areas[::-1])[::-1][1:]
    per = _per_person(steps, count)
    own = steps.own(event, to_come * per, to_come * per * steps.any[:count], count)
    return float(areas.sum()), _error(weight * own, labels)


def restricted_mean_difference(
    treated: tuple[Floats, Flags],
    comparison: tuple[Floats, Flags],
    tau: float,
    weight: Floats,
    own_weight: Floats | None = None,
    confidence: float = CONFIDENCE,
    cluster: tuple[Labels, Labels] | None = None,
) -> Difference:
    """Difference of mean times without the event, treatment minus comparison, with a normal interval. Uno 2014.

    Parameters
    ----------
    treated, comparison
        (time, event) of the people of each group, as for `restricted_mean`.
    weight, own_weight
        Matching weights of the comparison group, and of the participants (all 1 where not given).
    cluster
        Cluster of each participant and of each comparison person, where whole places took part, each in one group
        only. The interval is then by t, one degree less than the smaller group's effective clusters.
    """
    places, others = cluster or (None, None)
    first = restricted_mean(*treated, tau, own_weight, places)
    second = restricted_mean(*comparison, tau, weight, others)
    own = np.ones(len(treated[0])) if own_weight is None else own_weight
    df = (
        np.inf
        if cluster is None
        else min(
            effective_size(cluster_sums(w, labels)) for w, labels in zip((own, weight), cluster, strict=True)
        )
        - 1
    )
    error = float(np.hypot(first[1], second[1]))
    if not error > 0 or df < 1:
        return Difference(first[0], second[0], first[0] - second[0], NAN, NAN, NAN, NAN)
    found = around(first[0] - second[0], error, confidence, df)
    p_value = two_sided(found.estimate / error, df)
    return Difference(first[0], second[0], found.estimate, error, found.low, found.high, p_value)


def _people(
    time: Floats, event: Flags, weight: Floats | None, competing: Flags | None
) -> tuple[Floats, Flags, Flags, Floats]:
    """People with weight; the weights sum to how many they are."""
    weight = np.ones(len(time)) if weight is None else weight
    other = np.zeros(len(time), dtype=np.bool_) if competing is None else competing
    if (event & other).any():
        raise ValueError("Somebody has both the event and the competing event: only one can come first.")
    counts = weight > 0
    return time[counts], event[counts], other[counts], weight[counts]


def _labels(cluster: Labels | None, weight: Floats | None) -> Labels | None:
    return cluster if cluster is None or weight is None else cluster[weight > 0]


def _error(terms: Floats, cluster: Labels | None) -> float:
    """Of a sum of one term a person, whose mean is nought; unknown of a single cluster."""
    return float(np.sqrt((terms**2).sum() if cluster is None else cluster_variance(terms, cluster)))


def _per_person(steps: _Steps, count: int) -> Floats:
    """What one more event at each step takes from the share left, of that share: 1 / (Y(1 − λ)); 0 if none is left."""
    left = steps.at_risk[:count] * (1 - steps.any[:count])
    found: Floats = np.divide(1.0, left, out=np.zeros(count), where=left > 0)
    return found


def _incidence_error(
    steps: _Steps, event: Flags, other: Flags, reached: Floats, count: int, cluster: Labels | None
) -> float:
    if count == 0:
        return 0.0
    direct = steps.before[:count] / steps.at_risk[:count]
    lost = (reached[count - 1] - reached[:count]) * _per_person(steps, count)
    own = steps.own(event, direct, direct * steps.wanted[:count], count)
    own -= steps.own(event | other, lost, lost * steps.any[:count], count)
    return _error(steps.weight * own, cluster)


def _limits(share: Floats, error: Floats, people: float, z: float) -> tuple[Floats, Floats]:
    p = np.clip(share, 0.0, 1.0)
    # Of none or all the error is nought, but for rounding, and says nothing: everyone followed counts.
    known = (p * (1 - p) > 1e-12) & (error > 1e-9)
    n = np.divide(p * (1 - p), error**2, out=np.full(len(p), people), where=known)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    middle, scale = p + z**2 / (2 * n), 1 + z**2 / n
    return np.clip((middle - half) / scale, 0.0, p), np.clip((middle + half) / scale, p, 1.0)
