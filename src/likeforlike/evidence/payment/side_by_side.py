"""Every metric of a cohort beside the others, and whether they tell the same story."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike.evidence.payment.contract import Contract, Metric
from likeforlike.evidence.payment.figures import METRICS, CohortFigures
from likeforlike.evidence.payment.improvement import adjusted, baseline_of, better_by
from likeforlike.evidence.payment.numbers import Printed, combined


@dataclass(frozen=True, slots=True)
class MetricView:
    """One metric: both figures, and the improvement in points and in percent (more is better)."""

    metric: Metric
    treated: Printed
    baseline: Printed
    points: Printed
    percent: Printed | None
    pays: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """All metrics of a cohort, and those that are surely better or surely worse."""

    cohort: str
    metrics: tuple[MetricView, ...]
    better: tuple[Metric, ...]
    worse: tuple[Metric, ...]

    @property
    def disagree(self) -> bool:
        return bool(self.better and self.worse)


def side_by_side(contract: Contract, cohort: CohortFigures) -> SideBySide:
    """Every metric that the figures have for both sides.

    Events per person follow from the share with any and the number among those, where only these two were published.
    """
    pays = contract.measure.metric if contract.measure else None
    found = []
    for metric in METRICS:
        own = adjusted(contract, cohort) if metric == pays else cohort.treated.get(metric)
        base = baseline_of(contract, cohort, metric)
        if metric == "frequency" and (own is None or base is None):
            own, base = _per_hundred(contract, cohort)
        if own is not None and base is not None:
            share = better_by(own, base, metric, "percent") if base.low > 0 else None
            points = better_by(own, base, metric, "points")
            found.append(MetricView(metric, own, base, points, share, metric == pays))
    return SideBySide(
        cohort.name,
        tuple(found),
        tuple(view.metric for view in found if view.points.low > 0),
        tuple(view.metric for view in found if view.points.high < 0),
    )


def _per_hundred(contract: Contract, cohort: CohortFigures) -> tuple[Printed | None, Printed | None]:
    rate, among = cohort.treated.get("binary"), cohort.treated.get("per_reoffender")
    base, base_among = (
        baseline_of(contract, cohort, "binary"),
        baseline_of(contract, cohort, "per_reoffender"),
    )
    if rate is None or among is None or base is None or base_among is None:
        return None, None
    return (
        combined(lambda p, f: p * f, rate, among),
        combined(lambda p, f: p * f, base, base_among),
    )
