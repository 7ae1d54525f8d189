"""The headline measures as panels: 'out of 100 people like these', the range, and a chart with its table."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike.report.charts import Figure, measure_figure
from likeforlike.report.charts.icons import icons_figure
from likeforlike.report.charts.measure import MeasureText
from likeforlike.report.findings import Finding
from likeforlike.report.numbers import fixed, percent, plain
from likeforlike.report.places import capital
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.table import PageTable, page_table


@dataclass(frozen=True, slots=True)
class Panel:
    """One headline measure."""

    heading: str
    tag: str
    favours: str
    groups: tuple[tuple[str, str, str], ...]
    """Each: whose figure, the figure, what it counts."""
    change: str
    expected: str
    certainty: str
    notes: tuple[str, ...]
    icons: Figure | None
    figure: Figure | None
    table: PageTable | None


def panels(context: Context) -> tuple[Panel, ...]:
    """A panel for each headline measure, in the lab's order."""
    return tuple(_panel(finding, context) for finding in context.words.headlines)


def written(finding: Finding, value: float) -> str:
    """A group's figure in the measure's own unit: rates with a percent sign."""
    row = finding.row
    return percent(value, row.decimals) if row.kind == "rate" else fixed(value, row.decimals)


def _panel(finding: Finding, context: Context) -> Panel:
    words, text, shown = context.words, context.text, finding.shown
    took_part, similar = text("shared.took_part"), text("shared.similar")
    groups = []
    if shown is not None:
        base = words.base(finding)
        groups = [
            (took_part, words.boxed(finding, shown.treatment), base),
            (similar, words.boxed(finding, shown.comparison), base),
        ]
    return Panel(
        heading=capital(finding.row.label),
        tag=tag(finding, context),
        favours=finding.favours,
        groups=tuple(groups),
        change=words.change(finding),
        expected=words.expected(finding),
        certainty="" if finding.certainty == "certain" else words.certainty(finding),
        notes=tuple(_notes(finding, context)),
        icons=_icons(finding, context),
        figure=_figure(finding, context),
        table=_table(finding, context),
    )


def tag(finding: Finding, context: Context) -> str:
    """A result in a few words; a description has a direction, but nothing that is better or worse."""
    if finding.certainty != "certain":
        return context.text(f"tag.{finding.certainty}")
    which = f"{finding.row.kind}_{finding.direction}" if finding.row.descriptive else finding.favours
    return context.text(f"tag.certain_{which}")


def _notes(finding: Finding, context: Context) -> list[str]:
    notes = [context.words.fill("rounded_to_zero")] if finding.rounded_to_zero else []
    row = finding.row
    if row.epsilon is not None:
        notes.append(context.text("headline.noise", epsilon=plain(row.epsilon), within=str(row.noise_within)))
    if finding.row.descriptive:
        notes.append(context.words.fill("descriptive_note", finding))
    if expected := context.words.detectable(finding):
        notes.append(expected)
    return [*notes, context.text("shared.difference_rounding")] if finding.rounding_shows else notes


def _icons(finding: Finding, context: Context) -> Figure | None:
    """A hundred people of each group; only what happens to people or not can be drawn so."""
    words, text, row, shown = context.words, context.text, finding.row, finding.shown
    if shown is None or row.kind != "rate":
        return None
    groups = [
        (text("icons.group", who=text(f"shared.{who}"), number=percent(value, row.decimals)), value)
        for who, value in (("took_part", shown.treatment), ("similar", shown.comparison))
    ]
    return icons_figure(
        f"icons_{row.name}",
        groups,
        headline=text("icons.headline"),
        title=text("icons.title", label=row.label),
        alt_text=text("icons.alt", compared=words.compare(finding)),
    )


def _figure(finding: Finding, context: Context) -> Figure | None:
    words, text, row, shown = context.words, context.text, finding.row, finding.shown
    if shown is None:
        return None
    chart_text = MeasureText(
        took_part=text("shared.took_part"),
        similar=text("shared.similar"),
        lower=text(f"headline.lower.{row.kind}"),
        higher=text(f"headline.higher.{row.kind}"),
        zero=text("headline.zero"),
        group=lambda value: written(finding, value),
        change=lambda value: fixed(value, row.decimals),
    )
    return measure_figure(
        row.name,
        shown,
        chart_text,
        headline=words.change(finding) if finding.certainty == "certain" else tag(finding, context),
        title=row.statistical_label,
        alt_text=f"{text('headline.alt')} {words.compare(finding)} {words.result(finding)}",
    )


def _table(finding: Finding, context: Context) -> PageTable | None:
    text, row, shown = context.text, finding.row, finding.shown
    if shown is None:
        return None
    interval = text("shared.to", from_=fixed(shown.low, row.decimals), to_=fixed(shown.high, row.decimals))
    rows = [
        (text("shared.took_part"), written(finding, shown.treatment)),
        (text("shared.similar"), written(finding, shown.comparison)),
        (text("measures.difference"), fixed(shown.difference, row.decimals)),
        (text("measures.interval"), interval),
    ]
    columns = (text("headline.row"), text("headline.figure"))
    return page_table(row.statistical_label, columns, rows, numeric=(1,))
