"""Every look at a standing cohort, with the limit of each."""

from __future__ import annotations

from likeforlike.report.numbers import fixed, people
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.table import PageTable, page_table


def looks_told(context: Context) -> tuple[str, ...]:
    """For the top of the page: which look this is, and that an earlier one was beyond its limit."""
    text, every = context.text, context.release.looks
    if not every:
        return ()
    now = every[-1]
    first = next((row for row in every[:-1] if row.beyond), None)
    said = text("looks.look", look=str(now.look), of=str(now.of))
    return (said,) if first is None else (said, text("looks.beyond", look=str(first.look)))


def looks(context: Context) -> PageTable | None:
    """The table of all looks; a refused one has no figures."""
    text, none = context.text, context.text("looks.none")
    rows = [
        (
            str(row.look),
            text.day(row.vintage),
            text("looks.refused") if row.analysed is None else people(row.analysed),
            none if row.share is None else f"{row.share}%",
            none if row.limit is None else fixed(row.limit, 2),
            none if row.z is None else fixed(row.z, 2),
            text("looks.yes" if row.beyond else "looks.no"),
        )
        for row in context.release.looks
    ]
    columns = text.lines("looks.columns")
    return page_table(text("looks.caption"), columns, rows, numeric=(2, 3, 4, 5)) if rows else None
