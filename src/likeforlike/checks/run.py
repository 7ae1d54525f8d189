"""Ask every check about every measure of a finished study."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from likeforlike.checks.again import Again
from likeforlike.checks.caliper_sensitivity import CaliperSensitivity
from likeforlike.checks.check import Check, Finding
from likeforlike.checks.evalue import EValue
from likeforlike.checks.evidence import Evidence, evidence_of
from likeforlike.checks.leave_one_out import LeaveOneOut
from likeforlike.checks.mantel_haenszel import MantelHaenszel
from likeforlike.checks.negative_control import Control, NegativeControl
from likeforlike.checks.omitted_variable import OmittedVariable
from likeforlike.checks.panel import SPECIFICATIONS
from likeforlike.checks.prognostic_balance import PrognosticBalance
from likeforlike.checks.result import Checks
from likeforlike.checks.rosenbaum import Rosenbaum
from likeforlike.checks.specifications import SpecificationPanel
from likeforlike.errors import InputProblem
from likeforlike.terms import Progress, silent

if TYPE_CHECKING:
    from likeforlike.estimates import Estimates
    from likeforlike.followup import Sample
    from likeforlike.labs.definition import Lab
    from likeforlike.matching import Matched
    from likeforlike.outcomes import Outcomes
    from likeforlike.plan import Plan
    from likeforlike.records.engine import Engine

CHECKS: tuple[Check, ...] = (
    SpecificationPanel(SPECIFICATIONS),
    LeaveOneOut(),
    CaliperSensitivity(),
    PrognosticBalance(),
    NegativeControl(),
    EValue(),
    Rosenbaum(),
    MantelHaenszel(),
    OmittedVariable(),
)
"""In the order in which they are shown."""


BY_LOT = {"specifications", "prognostic_balance", "negative_control"}
"""Checks that make sense where lots decided who took part."""
NOTHING_UNSEEN = "Lots decided who was offered the programme, so nothing unseen did, and nobody was matched."
"""What the others say then."""


def checks_of(lab: Lab) -> tuple[Check, ...]:
    """All checks, with the lab's own negative controls."""
    declared = lab.negative_controls.negative_control
    if not declared or lab.sql.negative_controls is None:
        return CHECKS
    controls = tuple(Control(c.measure, c.without) for c in declared)
    return with_controls(CHECKS, lab.sql.negative_controls, controls)


def with_controls(checks: Iterable[Check], query: str, controls: tuple[Control, ...]) -> tuple[Check, ...]:
    """The checks, with a lab's negative controls."""
    return tuple(
        replace(c, query=query, controls=controls) if isinstance(c, NegativeControl) else c for c in checks
    )


def run_checks(
    sample: Sample,
    matched: Matched,
    outcomes: Outcomes,
    estimates: Estimates,
    plan: Plan,
    register: Engine,
    *,
    checks: tuple[Check, ...] = CHECKS,
    which: Iterable[str] | None = None,
    measures: tuple[str, ...] | None = None,
    progress: Progress = silent,
) -> Checks:
    """Run checks on a finished study.

    Parameters
    ----------
    sample, matched, outcomes, estimates, plan
        The study.
    register
        To open the outcomes of whoever is compared under another plan.
    checks
        Those there are.
    which
        Names of those wanted; the plan's by default, or all.
    measures
        Those to check; all of the plan's by default.

    Raises
    ------
    InputProblem
        A check is named that does not exist.
    """
    wanted = _wanted(checks, plan.checks if which is None else which)
    names = measures or plan.measures
    proving = tuple(m for m in names if any(c.applies_to(matched.lab.outcomes.get(m)) for c in wanted))
    study = Again(sample, matched, outcomes, plan, register, proving, progress)

    def findings() -> Iterator[tuple[str, Finding]]:
        for evidence in evidence_of(study, estimates):
            for check in wanted:
                if check.applies_to(evidence.measure):
                    yield check.title, _ask(check, evidence, by_lot=plan.trial is not None)

    return Checks.of(findings())


def _ask(check: Check, evidence: Evidence, *, by_lot: bool) -> Finding:
    if by_lot and check.name not in BY_LOT:
        return Finding(check.name, evidence.measure.name, "not_applicable", NOTHING_UNSEEN, why="by_lot")
    return check(evidence)


def _wanted(checks: tuple[Check, ...], which: Iterable[str] | None) -> tuple[Check, ...]:
    if which is None:
        return checks
    known = {check.name: check for check in checks}
    asked = list(which)
    for name in asked:
        if name not in known:
            raise InputProblem(
                f"The plan names the check '{name}', which does not exist: use {', '.join(known)}."
            )
    return tuple(check for check in checks if check.name in asked)
