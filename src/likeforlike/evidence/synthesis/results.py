"""Every result: the forest plot and its table."""

from __future__ import annotations

from likeforlike.evidence.pages.forest import Bar, forest_figure
from likeforlike.evidence.pages.page import Section
from likeforlike.evidence.synthesis.context import Context
from likeforlike.report.charts.figure import Figure
from likeforlike.report.numbers import people, percent
from likeforlike.report.sections.table import PageTable, page_table


def every_result(context: Context) -> Section:
    """The forest plot, the table, and how the figures were come by."""
    text, synthesis = context.text, context.synthesis
    rates = sum(r.origin == "rates" for r in synthesis.library.results)
    notes = [text("forest.note_interval")]
    notes += [text("forest.note_rates", count=rates)] if rates else []
    notes += [text("forest.note_share", names="; ".join(names)) for names in synthesis.may_share_people]
    return Section(
        "forest",
        text("forest.heading"),
        text.lines("forest.words"),
        _figure(context),
        _table(context),
        text("show_table"),
        tuple(notes),
    )


def _figure(context: Context) -> Figure:
    text, synthesis, amounts = context.text, context.synthesis, context.amounts
    pooled, (low, high) = synthesis.pooled, synthesis.prediction
    bars = [
        Bar(r.about.programme, r.conf_low, r.estimate, r.conf_high, "own", weight, float(drawn))
        for r, weight, drawn in zip(
            synthesis.library.results, synthesis.weights, synthesis.shrunken.estimate, strict=True
        )
    ]
    bars.sort(key=lambda bar: (bar.estimate, bar.name))
    bars += [
        Bar(text("forest.mean"), pooled.conf_low, pooled.estimate, pooled.conf_high, "mean"),
        Bar(text("forest.further"), low, pooled.estimate, high, "further"),
    ]
    words = "headline_certain" if synthesis.certain else "headline_open"
    return forest_figure(
        "forest",
        bars,
        text("forest.axis", unit=context.unit),
        headline=text(f"forest.{words}", change=amounts.change(pooled.estimate)),
        title=text("forest.figure_title", label=context.label),
        alt_text=text(
            "forest.alt",
            count=len(synthesis.library.results),
            mean=amounts.signed(pooled.estimate),
            interval=amounts.interval(pooled.conf_low, pooled.conf_high),
            prediction=amounts.interval(low, high),
        ),
    )


def _table(context: Context) -> PageTable:
    text, synthesis, amounts = context.text, context.synthesis, context.amounts
    drawn = synthesis.shrunken
    rows = [
        (
            r.about.name,
            r.about.published or text("none"),
            text("none") if r.n is None else people(r.n),
            amounts.signed(r.estimate),
            amounts.interval(r.conf_low, r.conf_high),
            percent(weight, 1),
            amounts.signed(float(drawn.estimate[i])),
            amounts.interval(float(drawn.conf_low[i]), float(drawn.conf_high[i])),
        )
        for i, (r, weight) in enumerate(zip(synthesis.library.results, synthesis.weights, strict=True))
    ]
    return page_table(
        text("forest.caption", unit=context.unit), text.lines("forest.columns"), rows, numeric=range(2, 8)
    )
