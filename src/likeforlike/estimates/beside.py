"""Other statistics of the same match beside the primary one: what others would publish, and what small groups need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.estimates.abadie_imbens import matched_pairs_effect
from likeforlike.estimates.aipw import cross_fitted_aipw
from likeforlike.estimates.bootstrap import wild_bootstrap
from likeforlike.estimates.clusters import by_cluster
from likeforlike.estimates.difference import Difference
from likeforlike.estimates.estimate import Groups, values
from likeforlike.estimates.few import FEW
from likeforlike.estimates.frequency import PER, compare_frequency
from likeforlike.estimates.inference import Interval
from likeforlike.estimates.rates import (
    miettinen_nurminen,
    miettinen_nurminen_ratio,
    newcombe,
    score_p_value,
)
from likeforlike.estimates.ttest import justice_t_test
from likeforlike.estimates.weighted import weight_slopes, weighted_means, with_estimated_score
from likeforlike.matching.effective import effective_size
from likeforlike.matching.matched import BY_LOT

if TYPE_CHECKING:
    from likeforlike.labs.definition import Measure
    from likeforlike.matching.matched import Matched
    from likeforlike.outcomes.open_outcomes import Outcomes

SPLITS = 5
STEADY = 500
"""Participants from which one split into folds is steady enough."""
SCHEMA = {
    "term": pl.String,
    "method": pl.String,
    "scale": pl.String,
    "estimate": pl.Float64,
    "std_error": pl.Float64,
    "conf_low": pl.Float64,
    "conf_high": pl.Float64,
    "p_value": pl.Float64,
}
Row = dict[str, Any]
Fourfold = tuple[float, float, float, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, repr=False)
class Beside:
    """`term method scale estimate std_error conf_low conf_high p_value`, the scale `difference` or `ratio`."""

    frame: pl.DataFrame

    def summary(self) -> str:
        """Each statistic in a line."""
        told = self.frame.drop_nans("conf_low").iter_rows(named=True)
        return "\n".join(
            f"{r['term']}, {r['method']}: {r['estimate']:+.4g} ({r['conf_low']:.4g} to {r['conf_high']:.4g})"
            for r in told
        )

    def to_frame(self) -> pl.DataFrame:
        return self.frame

    def to_dict(self) -> dict[str, Any]:
        return {"beside": self.frame.to_dicts()}


def beside(
    matched: Matched,
    outcomes: Outcomes,
    measures: tuple[str, ...] | None = None,
    *,
    seed: int = 1,
    bootstrap: int = 0,
) -> Beside:
    """Every other statistic of each measure.

    `justice_t_test` for all; `risk_ratio` for rates, and of fewer than 100 participants `newcombe` and
    `miettinen_nurminen`, groups at their effective size; for frequencies `rate_ratio` and `rate_difference`
    (quasi-Poisson). For measures that count everyone also `aipw` (cross-fitted, doubly robust), `abadie_imbens` of
    nearest neighbours, `estimated_score` of weights and, if wanted, `wild_bootstrap`. Where whole places took part,
    those that take people for independent are left out.

    Parameters
    ----------
    bootstrap
        Replications of the wild bootstrap; none, if 0.

    Raises
    ------
    SealBroken
        As for `estimate_effects`.
    """
    groups = Groups.of(matched, outcomes)
    declared = matched.lab.outcomes
    wanted = [declared.get(name) for name in measures] if measures else list(declared.measure)
    rows = [row for measure in wanted for row in _of_measure(measure, groups)]
    proving = [m for m in wanted if not m.base]
    rows += [row for m in proving if groups.place is None for row in _by_design(m, groups, matched.penalty)]
    rows += _doubly_robust(proving, groups, seed)
    if bootstrap:
        rows += [_row(m, "wild_bootstrap", _bootstrapped(m, groups, seed, bootstrap)) for m in proving]
    return Beside(pl.DataFrame(rows, schema=SCHEMA))


def _of_measure(measure: Measure, groups: Groups) -> Iterator[Row]:
    units = groups.units.filter(pl.col(measure.base)) if measure.base else groups.units
    outcome, weight = values(units, measure), units["weight"].to_numpy()
    treated = units["treated"].to_numpy()
    y, others, own, weights = outcome[treated], outcome[~treated], weight[treated], weight[~treated]
    if len(y) < 2 or len(others) < 2:
        return
    if groups.place is not None:
        return
    yield _row(measure, "justice_t_test", justice_t_test(y, others, weights, own))
    if measure.kind == "rate":
        yield from _of_rate(measure, _fourfold(y, others, own, weights), few=len(y) < FEW)
    if measure.kind == "frequency":
        found = compare_frequency(y, others, weights, own)
        difference = found.difference.times(1 / PER)
        yield _interval(measure, "rate_difference", difference, p_value=found.p_difference)
        yield _interval(measure, "rate_ratio", found.ratio, scale="ratio", p_value=found.p_value)


def _fourfold(y: Floats, others: Floats, own: Floats, weights: Floats) -> Fourfold:
    """Events and people of both groups, in effective people."""
    sizes = effective_size(own), effective_size(weights)
    rates = float(np.average(y, weights=own)), float(np.average(others, weights=weights))
    return rates[0] * sizes[0], sizes[0], rates[1] * sizes[1], sizes[1]


def _of_rate(measure: Measure, four: Fourfold, *, few: bool) -> Iterator[Row]:
    p_value = score_p_value(*four)
    if few:
        yield _interval(measure, "newcombe", newcombe(*four))
        yield _interval(measure, "miettinen_nurminen", miettinen_nurminen(*four), p_value=p_value)
    ratio = miettinen_nurminen_ratio(*four)
    yield _interval(measure, "risk_ratio", ratio, scale="ratio", p_value=p_value)


def _by_design(measure: Measure, groups: Groups, penalty: str) -> Iterator[Row]:
    """What goes with one way of matching only."""
    near, outcome = groups.near, values(groups.units, measure)
    own, others = outcome[near.treated], outcome[~near.treated]
    if near.pairs is not None:
        yield _row(measure, "abadie_imbens", matched_pairs_effect(own, others, *near.pairs))
    if near.method in ("odds", "overlap") and penalty == "none":
        weight = near.weight
        plain = weighted_means(own, others, weight[near.treated], weight[~near.treated], "HC0")
        slope = weight_slopes(near.method, near.distance, near.treated)
        design = groups.prognosis.design
        found = with_estimated_score(plain, slope, design, near.treated, near.distance)
        yield _row(measure, "estimated_score", found.difference())


def _doubly_robust(measures: list[Measure], groups: Groups, seed: int) -> Iterator[Row]:
    if not measures:
        return
    stacked = np.array([values(groups.units, m) for m in measures])
    splits = 1 if groups.near.treated.sum() >= STEADY else SPLITS
    found = cross_fitted_aipw(
        groups.prognosis.design,
        groups.near.treated,
        stacked,
        seed,
        splits=splits,
        cluster=groups.place,
        by_lot=groups.near.method == BY_LOT,
    )
    for measure, one in zip(measures, found, strict=True):
        yield _row(measure, "aipw", one.difference)


def _bootstrapped(measure: Measure, groups: Groups, seed: int, replications: int) -> Difference:
    found = groups.linearised(values(groups.units, measure))
    if groups.place is not None:
        treated = groups.near.treated
        found = by_cluster(found, groups.place[treated], groups.place[~treated])
    return wild_bootstrap(found, seed, replications)


def _row(measure: Measure, method: str, found: Difference) -> Row:
    keys = ("estimate", "std_error", "conf_low", "conf_high", "p_value")
    return {
        "term": measure.name,
        "method": method,
        "scale": "difference",
        **{k: getattr(found, k) for k in keys},
    }


def _interval(
    measure: Measure,
    method: str,
    found: Interval,
    *,
    scale: str = "difference",
    p_value: float = float("nan"),
) -> Row:
    return {
        "term": measure.name,
        "method": method,
        "scale": scale,
        "estimate": found.estimate,
        "std_error": None,
        "conf_low": found.low,
        "conf_high": found.high,
        "p_value": p_value,
    }
