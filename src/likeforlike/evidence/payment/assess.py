"""A contract held against figures: whether each cohort meets its rule, and what is paid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from scipy.special import ndtri

from likeforlike.errors import InputProblem
from likeforlike.evidence.payment.contract import Contract
from likeforlike.evidence.payment.figures import CohortFigures, Figures
from likeforlike.evidence.payment.improvement import (
    Improvement,
    baseline_of,
    better_by,
    improvement_of,
)
from likeforlike.evidence.payment.money import sum_of
from likeforlike.evidence.payment.numbers import Printed, combined
from likeforlike.evidence.payment.uncertainty import error_of

Condition = Literal["threshold", "significance", "lower", "hurdle"]


@dataclass(frozen=True, slots=True)
class CohortResult:
    """What the contract makes of a cohort; `None` for a verdict that depends on what was rounded off."""

    figures: CohortFigures
    improvement: Improvement
    std_error: float | None
    conditions: tuple[tuple[Condition, bool | None], ...]
    meets: bool | None
    worse: bool | None
    terminate: bool | None
    by_pool: bool
    """Whether it is paid for only because all cohorts together meet the pooled threshold."""
    payment: Printed
    """Below nought: to repay."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Every cohort, and all of them together."""

    cohorts: tuple[CohortResult, ...]
    pooled: Printed | None
    pooled_meets: bool | None
    total: Printed


def assess_cohorts(contract: Contract, figures: Figures) -> Measured:
    """Apply the rule to each cohort, then the pooled threshold to those it did not pay for, then the cap.

    Raises
    ------
    InputProblem
        The figures miss what the contract needs.
    """
    if not figures.cohorts:
        raise InputProblem(
            f"'{contract.name}' compares groups, and {figures.source} counts outcomes: give figures of cohorts."
        )
    found = tuple(_one(contract, cohort) for cohort in figures.cohorts)
    pooled = _pooled(found)
    limit = contract.rule.pooled_threshold
    pooled_meets = None if limit is None or pooled is None else pooled.at_least(limit)
    if limit is not None and pooled is not None:
        found = tuple(_with_pool(contract, each, pooled_meets) for each in found)
    total = combined(lambda *sums: _capped(sum(sums), contract.pay.cap), *(each.payment for each in found))
    return Measured(found, pooled, pooled_meets, total)


def _one(contract: Contract, cohort: CohortFigures) -> CohortResult:
    improvement = improvement_of(contract, cohort)
    error = error_of(contract, cohort, improvement)
    conditions = tuple(_conditions(contract, cohort, improvement, error))
    meets = all_of([passed for _, passed in conditions])
    worse, terminate = _worse(contract, improvement, error), _above(contract, improvement)
    return CohortResult(
        cohort,
        improvement,
        error,
        conditions,
        meets,
        worse,
        terminate,
        False,
        sum_of(contract, cohort, improvement, meets, worse),
    )


def all_of(verdicts: list[bool | None]) -> bool | None:
    """Whether all hold: no, as soon as one does not; unknown, if otherwise one is unknown."""
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _conditions(
    contract: Contract, cohort: CohortFigures, improvement: Improvement, error: float | None
) -> list[tuple[Condition, bool | None]]:
    rule, baseline = contract.rule, contract.baseline
    found: list[tuple[Condition, bool | None]] = []
    if rule.threshold is not None:
        found.append(("threshold", improvement.value.at_least(rule.threshold)))
    if rule.significance is not None:
        bar = significant_at(rule.significance) * _needed(contract, cohort, error)
        found.append(("significance", improvement.value.at_least(bar)))
    if baseline is not None and baseline.lower is not None:
        found.append(("lower", _below(improvement, baseline.lower, contract)))
    if rule.hurdle is not None:
        treated, base = cohort.treated.get(rule.hurdle), baseline_of(contract, cohort, rule.hurdle)
        if treated is None or base is None:
            raise InputProblem(
                f"'{contract.name}' has the hurdle '{rule.hurdle}', and the cohort '{cohort.name}' has no figures of "
                f"it: add the columns '{rule.hurdle}' and 'comparison_{rule.hurdle}'."
            )
        found.append(("hurdle", better_by(treated, base, rule.hurdle, "points").at_least(0.0)))
    return found


def significant_at(level: float) -> float:
    """Standard errors that an improvement must be away from nothing."""
    return float(ndtri(1 - level / 2))


def _needed(contract: Contract, cohort: CohortFigures, error: float | None) -> float:
    if error is None:
        raise InputProblem(
            f"'{contract.name}' asks for significance, and nothing tells how uncertain the cohort '{cohort.name}' is: "
            "add 'people' and 'comparison_people', or 'std_error'."
        )
    return error


def _below(improvement: Improvement, limit: float, contract: Contract) -> bool | None:
    if improvement.treated is None:
        raise InputProblem(
            f"'{contract.name}' has limits for the figure itself, which an improvement does not tell: give the figure."
        )
    treated = improvement.treated
    return True if treated.high < limit else False if treated.low >= limit else None


def _worse(contract: Contract, improvement: Improvement, error: float | None) -> bool | None:
    baseline, level = contract.baseline, contract.rule.significance
    if baseline is not None and baseline.upper is not None:
        return _beyond(improvement, baseline.upper)
    if level is not None and error is not None:
        bar = -significant_at(level) * error
        value = improvement.value
        return True if value.high <= bar else False if value.low > bar else None
    return False


def _above(contract: Contract, improvement: Improvement) -> bool | None:
    limit = contract.baseline.terminate_above if contract.baseline else None
    return False if limit is None else _beyond(improvement, limit)


def _beyond(improvement: Improvement, limit: float) -> bool | None:
    if improvement.treated is None:
        return None
    return True if improvement.treated.low > limit else False if improvement.treated.high <= limit else None


def _pooled(found: tuple[CohortResult, ...]) -> Printed | None:
    """The mean improvement, weighted by the size of cohorts; there is none before a second cohort is in."""
    if len(found) == 1:
        return None
    sizes = [each.figures.people for each in found]
    known = [size for size in sizes if size is not None]
    if len(known) < len(sizes):
        return None
    return combined(
        lambda *values: sum(s * v for s, v in zip(known, values, strict=True)) / sum(known),
        *(each.improvement.value for each in found),
    )


def _with_pool(contract: Contract, each: CohortResult, meets: bool | None) -> CohortResult:
    """A cohort that its own rule does not pay for, paid for by the pooled one."""
    barred = any(passed is False for name, passed in each.conditions if name != "threshold")
    if each.meets is True or meets is False or barred:
        return each
    together = True if meets is True else None
    payment = sum_of(contract, each.figures, each.improvement, together, each.worse)
    return replace(each, by_pool=True, payment=payment)


def _capped(amount: float, cap: float | None) -> float:
    return amount if cap is None else min(amount, cap)
