"""Other ways of looking at the headline results: a question and an answer in words."""

from __future__ import annotations

from itertools import groupby

from likeforlike.disclosure.release import CheckRow
from likeforlike.report.numbers import plain
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.table import Group, PageTable


def checks(context: Context) -> PageTable | None:
    """The verdicts of a release by measure, if it has any."""
    text, rows = context.text, context.release.checks
    if not rows:
        return None
    groups = tuple(
        Group(
            label,
            tuple((row.title, _answer(row, context), _strength(row, context)) for row in members),
        )
        for label, members in groupby(rows, key=lambda row: row.label)
    )
    columns = (text("checks.question"), text("checks.answer"), text("checks.strength"))
    return PageTable(text("checks.caption"), columns, frozenset(), groups)


def _answer(row: CheckRow, context: Context) -> str:
    said = context.text(f"checks.{row.verdict}")
    return f"{said}: {context.text(f'checks.why_{row.why}')}" if row.why else said


def _strength(row: CheckRow, context: Context) -> str:
    """How strong something unseen would have to be, where the check says that."""
    if row.value is None:
        return context.text("shared.nothing")
    return context.text(f"checks.{row.figure}", value=plain(row.value))
