"""How much better a cohort did than its baseline, on the contract's scale, with bounds for what was rounded off."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike.errors import InputProblem
from likeforlike.evidence.payment.contract import HIGHER_IS_BETTER, Contract, Metric
from likeforlike.evidence.payment.figures import CohortFigures
from likeforlike.evidence.payment.numbers import Printed, combined


@dataclass(frozen=True, slots=True)
class Improvement:
    """The cohort's figure (adjusted, if the contract adjusts), its baseline, and the improvement on it."""

    treated: Printed | None
    baseline: Printed | None
    value: Printed


def improvement_of(contract: Contract, cohort: CohortFigures) -> Improvement:
    """The improvement by the metric that pays.

    Raises
    ------
    InputProblem
        The figures miss it.
    """
    if contract.measure is None or contract.baseline is None:
        raise ValueError("a contract that pays for outcomes has no improvement")
    metric, scale = contract.measure.metric, contract.measure.scale
    treated, baseline = adjusted(contract, cohort), baseline_of(contract, cohort, metric)
    if cohort.improvement is not None:
        return Improvement(treated, baseline, cohort.improvement)
    if treated is None or baseline is None:
        missing = metric if treated is None else f"comparison_{metric}"
        raise InputProblem(
            f"The cohort '{cohort.name}' has no figure in the column '{missing}', by which '{contract.name}' pays: "
            "add it, or the column 'improvement'."
        )
    return Improvement(treated, baseline, better_by(treated, baseline, metric, scale))


def better_by(treated: Printed, baseline: Printed, metric: Metric, scale: str) -> Printed:
    """Improvement in points, or in percent of the baseline; more is better."""
    sign = -1.0 if metric in HIGHER_IS_BETTER else 1.0
    if scale == "points":
        return combined(lambda t, b: sign * (b - t), treated, baseline)
    if baseline.low <= 0:
        raise InputProblem(
            "The baseline may be nought, of which nothing is a percentage: use a contract in points, or more exact "
            "figures."
        )
    return combined(lambda t, b: 100 * sign * (b - t) / b, treated, baseline)


def adjusted(contract: Contract, cohort: CohortFigures) -> Printed | None:
    """The cohort's own figure, moved by how much riskier than the baseline's its people were.

    Raises
    ------
    InputProblem
        The contract adjusts for risk and the figures have none.
    """
    if contract.measure is None or contract.baseline is None:
        return None
    figure, risk = cohort.treated.get(contract.measure.metric), contract.baseline.risk
    if figure is None or risk is None:
        return figure
    if cohort.risk is None:
        raise InputProblem(
            f"'{contract.name}' adjusts for risk, and the cohort '{cohort.name}' has nothing in the column 'risk': add "
            "its mean risk score."
        )
    return combined(lambda p, r: p + (risk - r), figure, cohort.risk)


def baseline_of(contract: Contract, cohort: CohortFigures, metric: Metric) -> Printed | None:
    """What a metric is held against: the contract's own value for the one that pays, else the figures'."""
    own = contract.baseline
    if own is not None and own.value is not None and contract.measure and contract.measure.metric == metric:
        return Printed.exact(own.value)
    return cohort.comparison.get(metric)
