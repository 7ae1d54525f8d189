"""What a cohort is paid, between the least and the most that rounding allows."""

from __future__ import annotations

from likeforlike.errors import InputProblem
from likeforlike.evidence.payment.contract import HIGHER_IS_BETTER, Contract
from likeforlike.evidence.payment.figures import CohortFigures
from likeforlike.evidence.payment.improvement import Improvement
from likeforlike.evidence.payment.numbers import Printed, combined

NOTHING = Printed.exact(0.0)


def sum_of(
    contract: Contract,
    cohort: CohortFigures,
    improvement: Improvement,
    meets: bool | None,
    worse: bool | None,
) -> Printed:
    """The payment for a cohort; below nought where money is to be repaid.

    Parameters
    ----------
    meets, worse
        Whether the rule is met, and whether the figure is significantly worse; `None` where that depends on what was
        rounded off: the figure as printed then decides, and the bounds hold both outcomes.

    Raises
    ------
    InputProblem
        A price for each event needs to know how many people there were.
    """
    earned = _earned(contract, cohort, improvement)
    missed = Printed.exact(-(contract.pay.at_risk or 0.0) * (contract.pay.annual_price or 0.0))
    paid = _either(meets, earned, missed, as_printed=_as_printed(contract, improvement))
    deducted = Printed.exact(-(contract.pay.deduct or 0.0))
    fine = _either(worse, deducted, NOTHING, as_printed=False)
    return Printed(paid.value + fine.value, paid.low + fine.low, paid.high + fine.high)


def _earned(contract: Contract, cohort: CohortFigures, improvement: Improvement) -> Printed:
    """What meeting the rule earns."""
    pay, most = contract.pay, contract.rule.count_up_to
    if pay.amount is not None:
        return Printed.exact(pay.amount)
    if pay.at_risk is not None:
        return NOTHING
    if pay.saving_share is not None:
        share, cost = pay.saving_share, pay.baseline_cost or 0.0
        return combined(lambda i: share * cost * min(i, most or i) / 100, improvement.value)
    counted = combined(lambda i: 1.0 if most is None or i <= most else most / i, improvement.value)
    price, units = pay.price or 0.0, _units(contract, cohort, improvement)
    return combined(lambda u, c: max(price * u * c, 0.0), units, counted)


def _units(contract: Contract, cohort: CohortFigures, improvement: Improvement) -> Printed:
    """Events fewer, people fewer (more, where more is better), or units of demand fewer."""
    metric = contract.measure.metric if contract.measure else "binary"
    if improvement.treated is None or improvement.baseline is None:
        raise InputProblem(
            f"'{contract.name}' pays for each event, which an improvement does not tell: give both groups' figures."
        )
    sign = -1.0 if metric in HIGHER_IS_BETTER else 1.0
    if metric == "demand":
        return combined(lambda t, b: sign * (b - t), improvement.treated, improvement.baseline)
    if cohort.people is None:
        raise InputProblem(
            f"'{contract.name}' pays for each event, and nobody says how many people the cohort '{cohort.name}' "
            "has: add the column 'people'."
        )
    size = float(cohort.people)
    if metric == "per_reoffender":
        return _per_reoffender(contract, cohort, improvement, size)
    return combined(lambda t, b: sign * (b - t) * size / 100, improvement.treated, improvement.baseline)


def _per_reoffender(
    contract: Contract, cohort: CohortFigures, improvement: Improvement, size: float
) -> Printed:
    rate = cohort.treated.get("binary")
    if rate is None or improvement.treated is None or improvement.baseline is None:
        raise InputProblem(
            f"'{contract.name}' counts events per person with any, so it needs how many had any: add the column "
            "'binary'."
        )
    return combined(lambda t, b, p: (b - t) * size * p / 100, improvement.treated, improvement.baseline, rate)


def _either(verdict: bool | None, yes: Printed, no: Printed, *, as_printed: bool) -> Printed:
    if verdict is not None:
        return yes if verdict else no
    return Printed((yes if as_printed else no).value, min(yes.low, no.low), max(yes.high, no.high))


def _as_printed(contract: Contract, improvement: Improvement) -> bool:
    """Whether the printed figure itself reaches the threshold."""
    limit = contract.rule.threshold
    return limit is not None and improvement.value.value >= limit
