"""The average of each kind of programme."""

from __future__ import annotations

from likeforlike.evidence.pages.forest import Bar, forest_figure
from likeforlike.evidence.pages.page import Section
from likeforlike.evidence.synthesis.by_group import Grouping
from likeforlike.evidence.synthesis.context import Context, p_text
from likeforlike.report.sections.table import page_table

CLEAR = 0.05


def by_group(context: Context) -> tuple[Section, ...]:
    """A section for each way to group results that the library has."""
    return tuple(_section(grouping, context) for grouping in context.synthesis.groupings)


def _section(grouping: Grouping, context: Context) -> Section:
    text, amounts = context.text, context.amounts
    name = text(f"groups.names.{grouping.name}")
    levels = sorted(grouping.levels, key=lambda level: (level.pooled.estimate, level.name))
    estimates = [level.pooled.estimate for level in levels]
    words = "groups.differ" if grouping.p_value <= CLEAR else "groups.alike"
    figure = forest_figure(
        f"by_{grouping.name}",
        [
            Bar(
                f"{level.name} ({level.count})",
                level.pooled.conf_low,
                level.pooled.estimate,
                level.pooled.conf_high,
                "mean" if level.count > 1 else "own",
            )
            for level in levels
        ],
        text("forest.axis", unit=context.unit),
        headline=text("groups.headline", count=len(levels)),
        title=text("groups.figure_title", label=context.label),
        alt_text=text(
            "groups.alt",
            count=len(levels),
            least=amounts.signed(min(estimates)),
            most=amounts.signed(max(estimates)),
        ),
    )
    rows = [
        (
            level.name,
            str(level.count),
            amounts.signed(level.pooled.estimate),
            amounts.interval(level.pooled.conf_low, level.pooled.conf_high),
        )
        for level in levels
    ]
    notes = [text("groups.single")] if any(level.count == 1 for level in levels) else []
    notes += [text("groups.unknown", count=grouping.unknown)] if grouping.unknown else []
    return Section(
        f"by-{grouping.name}",
        text("groups.heading", name=name),
        (text(words, p=p_text(grouping.p_value)), text("groups.care")),
        figure,
        page_table(
            text("groups.caption", unit=context.unit), text.lines("groups.columns"), rows, numeric=(1, 2, 3)
        ),
        text("show_table"),
        tuple(notes),
    )
