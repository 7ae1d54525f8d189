"""People who are not independent: the same person twice, a pair, a place. Standard errors by cluster.

Liang & Zeger 1986.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from likeforlike.detectable import detectable_effect
from likeforlike.estimates.difference import Difference
from likeforlike.estimates.linearised import Floats, Group, Linearised
from likeforlike.matching.effective import effective_size

Labels = NDArray[Any]


def cluster_sums(terms: Floats, cluster: Labels) -> Floats:
    """Sum of the terms of each cluster, shape (clusters,), in the order of the labels.

    Parameters
    ----------
    terms, cluster
        (people,); labels of any kind that sorts.
    """
    _, place = np.unique(cluster, return_inverse=True)
    return np.bincount(place, weights=terms).astype(np.float64)


def cluster_variance(terms: Floats, cluster: Labels, parameters: int = 0) -> float:
    """G/(G − 1) times the sum over clusters of their squared sums; not a number for a single cluster.

    Parameters
    ----------
    parameters
        k above 0 multiplies by (n − 1)/(n − k) too, as R's `vcovCL` does for HC1 (2 for two means).
    """
    sums = cluster_sums(terms, cluster)
    if len(sums) < 2:
        return float("nan")
    factor = len(sums) / (len(sums) - 1)
    if parameters:
        factor *= (len(terms) - 1) / (len(terms) - parameters)
    return factor * float((sums**2).sum())


def clustered(found: Linearised, treated: Labels, pool: Labels, parameters: int = 0) -> Difference:
    """Interval and p-value with clusters; t, one degree less than the smaller group's effective clusters.

    With clusters of one size that is G − 1; a few large places count for less than their number.

    Parameters
    ----------
    treated, pool
        (m,) and (n,) cluster of each person; a cluster may lie in both groups.
    """
    variance = cluster_variance(found.terms, np.concatenate([treated, pool]), parameters)
    clusters = by_cluster(found, treated, pool)
    return found.with_variance(variance, clusters.degrees)


def detectable_by_place(
    outcome: Floats, weight: Floats, place: Labels, own_weight: Floats, own_place: Labels
) -> float:
    """The smallest true difference that a study of so many places finds four times in five; NaN of too few places.

    How much places differ is that of the comparison group alone, so that it is no reading of what the participants
    did. Places count as units: `detectable_effect` of the participants' effective places, with t. Murray 1998.

    Parameters
    ----------
    outcome, weight, place
        (n,) of the comparison group.
    own_weight, own_place
        (m,) of the participants.
    """
    share = weight / weight.sum()
    variance = cluster_variance(share * (outcome - share @ outcome), place)
    others, own = (
        effective_size(cluster_sums(share, place)),
        effective_size(cluster_sums(own_weight, own_place)),
    )
    degrees = min(others, own) - 1
    if degrees < 1:
        return float("nan")
    spread = np.sqrt(variance * others)
    return float(detectable_effect(own, others / own, spread, degrees=degrees))


def by_cluster(found: Linearised, treated: Labels, pool: Labels) -> Linearised:
    """The same with one term for each cluster of each group; for clusters that lie in one group only."""
    return Linearised(
        found.mean_treated,
        found.mean_comparison,
        _summed(found.treated, treated),
        _summed(found.pool, pool),
    )


def _summed(group: Group, cluster: Labels) -> Group:
    return Group(cluster_sums(group.terms, cluster), cluster_sums(group.share, cluster))
