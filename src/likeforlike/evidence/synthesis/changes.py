"""How the average moved as results came in, and how it would without each of them."""

from __future__ import annotations

from likeforlike.evidence.meta.pool import Pooled
from likeforlike.evidence.pages.forest import Bar, forest_figure
from likeforlike.evidence.pages.page import Section
from likeforlike.evidence.synthesis.context import Context
from likeforlike.report.sections.table import page_table


def through_time(context: Context) -> Section | None:
    """The cumulative plot, if results have dates."""
    text, amounts, steps = context.text, context.amounts, context.synthesis.by_time
    if not steps:
        return None
    bars = [
        Bar(f"{r.when}  {r.about.programme}", p.conf_low, p.estimate, p.conf_high, "mean") for r, p in steps
    ]
    first, last = steps[0][1], steps[-1][1]
    figure = forest_figure(
        "cumulative",
        bars,
        text("forest.axis", unit=context.unit),
        headline=text("cumulative.headline", count=len(steps), change=amounts.change(last.estimate)),
        title=text("cumulative.figure_title", label=context.label),
        alt_text=text(
            "cumulative.alt",
            count=len(steps),
            first=amounts.signed(first.estimate),
            last=amounts.signed(last.estimate),
        ),
    )
    rows = [
        (
            r.about.name,
            r.about.published,
            amounts.signed(p.estimate),
            amounts.interval(p.conf_low, p.conf_high),
        )
        for r, p in steps
    ]
    undated = len(context.synthesis.library.results) - len(steps)
    return Section(
        "cumulative",
        text("cumulative.heading"),
        text.lines("cumulative.words"),
        figure,
        page_table(
            text("cumulative.caption", unit=context.unit),
            text.lines("cumulative.columns"),
            rows,
            numeric=(2, 3),
        ),
        text("show_table"),
        (text("cumulative.undated", count=undated),) if undated else (),
    )


def without(context: Context) -> Section | None:
    """The average without each result, and whether the conclusion hangs on one."""
    text, amounts, synthesis = context.text, context.amounts, context.synthesis
    if not synthesis.leave_one_out:
        return None
    found = list(zip(synthesis.library.results, synthesis.leave_one_out, strict=True))
    turning = [r.about.programme for r, p in found if _side(p) != _side(synthesis.pooled)]
    words = text("without.changes", names="; ".join(turning)) if turning else text("without.same")
    rows = [
        (r.about.name, amounts.signed(p.estimate), amounts.interval(p.conf_low, p.conf_high))
        for r, p in found
    ]
    table = page_table(
        text("without.caption", unit=context.unit), text.lines("without.columns"), rows, numeric=(1, 2)
    )
    return Section("without", text("without.heading"), (words,), table=table, folded=text("show_table"))


def _side(pooled: Pooled) -> int:
    """Below nothing, above it, or neither."""
    return int(pooled.conf_low > 0) - int(pooled.conf_high < 0)
