"""Other ways of looking at the headline results: a question and an answer in words."""

from __future__ import annotations

from itertools import groupby

from likeforlike.report.sections.context import Context
from likeforlike.report.sections.table import Group, PageTable


def checks(context: Context) -> PageTable | None:
    """The verdicts of a release by measure, if it has any."""
    text, rows = context.text, context.release.checks
    if not rows:
        return None
    groups = tuple(
        Group(label, tuple((row.title, text(f"checks.{row.verdict}")) for row in members))
        for label, members in groupby(rows, key=lambda row: row.label)
    )
    columns = (text("checks.question"), text("checks.answer"))
    return PageTable(text("checks.caption"), columns, frozenset(), groups)
