"""How alike the two groups are: the match in a few sentences, the love plot and the balance table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from likeforlike.disclosure.release import BalanceRow, MatchQuality
from likeforlike.report.charts import Figure, balance_figure
from likeforlike.report.charts.balance import BalanceText, furthest_apart
from likeforlike.report.numbers import people, plain
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.table import Group, PageTable


@dataclass(frozen=True, slots=True)
class BalanceSection:
    """The comparison group; each part may be missing."""

    sentences: tuple[str, ...]
    light: str
    figure: Figure | None
    table: PageTable | None


def balance(context: Context) -> BalanceSection | None:
    """The comparison group of a release, if it says anything about it."""
    match = context.release.match
    if match is None and not context.release.balance:
        return None
    sentences = _sentences(match, context) if match else ()
    light = context.text(f"balance.light_{match.light}") if match else ""
    return BalanceSection(sentences, light, _figure(context), _table(context))


def _thresholds(context: Context) -> tuple[float, float]:
    defaults = context.lab.head.matching
    return defaults.green_smd, defaults.amber_smd


def _sentences(match: MatchQuality, context: Context) -> tuple[str, ...]:
    text = context.text
    green, amber = (plain(limit) for limit in _thresholds(context))
    return (
        text(
            "balance.quality",
            treated=people(match.treated),
            comparison=people(match.comparison),
            effective=people(match.effective_comparison),
        ),
        text("balance.largest", before=plain(match.largest_smd_before), after=plain(match.largest_smd_after)),
        text("balance.rule", green=green, amber=amber),
    )


def _figure(context: Context) -> Figure | None:
    text = context.text
    apart = furthest_apart(context.release.balance)
    if not apart:
        return None
    before, after = max(a.before for a in apart), max(a.after for a in apart)
    green, amber = _thresholds(context)
    closer = "figure_headline" if after < before else "figure_headline_apart"
    return balance_figure(
        apart,
        (green, amber),
        BalanceText(text("balance.before"), text("balance.after"), text("balance.axis")),
        headline=text(f"balance.{closer}"),
        title=text("balance.figure_title", green=plain(green), amber=plain(amber)),
        alt_text=text("balance.alt", before=plain(before), after=plain(after)),
    )


def _table(context: Context) -> PageTable | None:
    text, rows = context.text, context.release.balance
    if not rows:
        return None
    names = ("characteristic", "comparison_before", "comparison_after", "smd_before", "smd_after", "light")
    columns = [text(f"balance.{name}") for name in names]
    columns.insert(1, text("shared.took_part"))
    groups = tuple(
        Group(name, tuple(_cells(row, context) for row in members))
        for name, members in groupby(rows, key=lambda row: row.group)
    )
    return PageTable(text("balance.caption"), tuple(columns), frozenset(range(1, 6)), groups)


def _cells(row: BalanceRow, context: Context) -> tuple[str, ...]:
    hidden = context.text("shared.hidden")

    def mean(value: float | None) -> str:
        if value is None:
            return hidden
        return f"{plain(value)}%" if row.percent else plain(value)

    def smd(value: float | None) -> str:
        return hidden if value is None else plain(value)

    name = f"{row.label}: {row.level}" if row.level else row.label
    means = (mean(v) for v in (row.treatment, row.comparison_before, row.comparison_after))
    return name, *means, smd(row.smd_before), smd(row.smd_after), context.text(f"balance.{row.light}")
