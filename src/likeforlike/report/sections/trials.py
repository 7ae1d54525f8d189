"""The lab's own error rate: what it found for made-up programmes whose effect was known."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike.disclosure.release import TrialRow
from likeforlike.report.numbers import fixed, people, percent, plain
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.table import PageTable, page_table

FEW = 100
"""With fewer trials, an error rate of 5% has a standard error above two percentage points."""


@dataclass(frozen=True, slots=True)
class TrialsSection:
    """What the trials were, what they say, and their table."""

    intro: str
    alarms: str
    table: PageTable
    notes: tuple[str, ...]


def trials(context: Context) -> TrialsSection | None:
    """The trials of a release, if the lab was tried."""
    text, rows = context.text, context.release.trials
    if not rows:
        return None
    size = people(rows[0].size)
    names = ("measure", "choice", "replications", "coverage", "false_positives", "effect", "power")
    table = page_table(
        text("trials.caption", size=size),
        [text(f"trials.{name}") for name in names],
        [_cells(row, context) for row in rows],
        numeric=range(2, len(names)),
    )
    notes = tuple(text(f"trials.{name}") for name in ("strength", "error", "unseen"))
    if min(row.replications for row in rows) < FEW:
        notes = (text("trials.few"), *notes)
    return TrialsSection(text("trials.intro", size=size), _alarms(context), table, notes)


def _alarms(context: Context) -> str:
    """How often a programme without an effect was called significant, over both choices."""
    first = context.release.trials[0].measure
    found = sorted(row.false_positives for row in context.release.trials if row.measure == first)
    least, most = percent(found[0], 1), percent(found[-1], 1)
    if least == most:
        return context.text("trials.alarms", percent=most)
    return context.text("trials.alarms_range", least=least, most=most)


def _cells(row: TrialRow, context: Context) -> tuple[str, ...]:
    text = context.text

    def value(figure: float | None, error: float | None) -> str:
        if figure is None or error is None:
            return text("shared.nothing")
        return text("trials.value", percent=percent(figure, 1), error=fixed(error, 1))

    effect = text("shared.nothing")
    if row.effect is not None:
        effect = text("trials.effect_value", effect=plain(row.effect), unit=row.unit)
    return (
        row.label,
        text(f"trials.{row.strength}"),
        people(row.replications),
        value(row.coverage, row.coverage_error),
        value(row.false_positives, row.false_positives_error),
        effect,
        value(row.power, row.power_error),
    )
