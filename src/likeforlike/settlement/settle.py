"""A contract held against released figures first, and against unrounded ones only where rounding decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from likeforlike.disclosure.release import MeasureRow, Release
from likeforlike.errors import InputProblem
from likeforlike.evidence.payment.assess import CohortResult, assess_cohorts
from likeforlike.evidence.payment.contract import Contract
from likeforlike.evidence.payment.figures import CohortFigures, Figures
from likeforlike.evidence.payment.from_release import from_release
from likeforlike.evidence.payment.money import sum_of
from likeforlike.evidence.payment.numbers import Printed
from likeforlike.settlement.settled import By, Met, Settled, contract_hash

FEWEST = 2
"""Numbers of people with the outcome that must stay possible: one would be the number."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the unrounded figures say, and which numbers of participants with the outcome it leaves possible."""

    met: bool
    low: int
    high: int


def settle(contract: Contract, release: Release) -> tuple[Settled, CohortResult]:
    """Settle a contract by released figures alone.

    Raises
    ------
    InputProblem
        The contract does not compare one cohort, or the release has not the figures for it.
    """
    if contract.by_outcome or contract.rule.pooled_threshold is not None:
        raise InputProblem(
            f"'{contract.name}' does not pay for one cohort by itself: hold it against figures with `likeforlike pay`."
        )
    (cohort,) = assess_cohorts(contract, from_release(release, "The release")).cohorts
    rule: Met = "open" if cohort.meets is None else "met" if cohort.meets else "not_met"
    return settled(contract, release, cohort, rule, "nothing" if rule == "open" else "released"), cohort


def settled(contract: Contract, release: Release, cohort: CohortResult, rule: Met, by: By) -> Settled:
    """The answer, with the sum that released figures give under it."""
    meets = {"met": True, "not_met": False, "open": None}[rule]
    sums = sum_of(contract, cohort.figures, cohort.improvement, meets, cohort.worse)
    cap = contract.pay.cap
    value, low, high = (min(x, cap) if cap is not None else x for x in (sums.value, sums.low, sums.high))
    return Settled(
        contract=contract.name,
        contract_sha256=contract_hash(contract),
        study_sha256=release.provenance.study_sha256,
        rule=rule,
        by=by,
        currency=contract.currency,
        amount=round(value, 2),
        least=round(low, 2),
        most=round(high, 2),
    )


def measure_of(contract: Contract, release: Release) -> MeasureRow | None:
    """The rate that pays, where numbers of people are all that its verdict tells of; else nothing.

    The verdict on anything but a rate would narrow sums over people, of which nobody can say beforehand how much that
    tells of one; so would a hurdle on one.
    """
    if contract.measure is None or contract.measure.metric != "binary" or contract.rule.hurdle:
        return None
    rows = (m for m in release.measures if m.kind == "rate" and m.headline and not m.descriptive)
    return next((m for m in rows if m.treatment is not None and m.comparison is not None), None)


def verdict(contract: Contract, exact: Row, known: tuple[int, int], people: int) -> Verdict | None:
    """What the unrounded figures say; nothing where saying it would leave one number possible.

    Whoever hears it may know everything but the number of participants with the outcome, so each number that was
    possible before is tried with the exact comparison and standard error.

    Parameters
    ----------
    exact
        The measure's row of `Estimates.frame`.
    known
        From how many to how many participants may have the outcome, by all that was released.
    people
        Participants analysed.
    """
    events = int(exact["events_treated"])
    met = _meets(contract, exact, events, people)
    low, high = known
    possible = [n for n in range(low, high + 1) if _meets(contract, exact, n, people) == met]
    if met is None or events not in possible or len(possible) < FEWEST:
        return None
    return Verdict(met, possible[0], possible[-1])


def _meets(contract: Contract, exact: Row, events: int, people: int) -> bool | None:
    figures = CohortFigures(
        name="",
        people=people,
        treated={"binary": Printed.exact(100 * events / people)},
        comparison={"binary": Printed.exact(100 * float(exact["mean_comparison"]))},
        errors={"binary": 100 * float(exact["std_error"])},
    )
    return assess_cohorts(contract, Figures("the vault", (figures,))).cohorts[0].meets


KINDS: tuple[Literal["met", "not_met"], ...] = ("not_met", "met")
"""By whether it is met."""
