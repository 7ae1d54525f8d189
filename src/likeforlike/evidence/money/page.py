"""What an effect is worth, as a page: break-even, ranges, what moves them, and where every price comes from."""

from __future__ import annotations

import math

from likeforlike.evidence.money.draws import Span
from likeforlike.evidence.money.worth import Gain, Worth
from likeforlike.evidence.pages.forest import Bar, forest_figure
from likeforlike.evidence.pages.page import Answer, Head, Page, Section
from likeforlike.evidence.pages.text import Text
from likeforlike.report.charts.figure import Figure
from likeforlike.report.numbers import MINUS, fixed, people, percent
from likeforlike.report.sections.table import page_table

COUNTED = ("break_even", "gained")
PRECISE = ("returns",)


def make_page(worth: Worth, text: Text) -> Page:
    """Every section."""
    prices = worth.prices
    head = Head(text("source"), text("kind"), prices.name, text("in_prices", year=prices.prices_of))
    sections = (
        _ranges(worth, text),
        *((_movers(worth, worth.measured, text),) if worth.measured else ()),
        _prices(worth, text),
        Section("method", text("method.heading"), bullets=text.lines("method.bullets")),
    )
    return Page(head, _answer(worth, text), sections)


def _answer(worth: Worth, text: Text) -> Answer:
    prices, b, gain = worth.prices, worth.break_even, worth.measured
    meaning = [text("outcome", outcome=prices.outcome)]
    facts = []
    if gain is not None:
        low, high = fixed(gain.gained.low, 1), fixed(gain.gained.high, 1)
        least, most = amount(worth, gain.returns.low, 2), amount(worth, gain.returns.high, 2)
        meaning.append(text("measured", low=low, high=high))
        meaning.append(text(f"verdict.{worth.verdict}"))
        meaning.append(text("returns", one=f"{prices.currency}1", low=least, high=most))
        facts.append((text("facts.chance"), percent(100 * gain.chance)))
    else:
        meaning.append(text("verdict.unknown"))
    doubts = [text("uncounted")]
    if prices.multiplier is None and gain is not None and gain.effect.per == "person":
        doubts.append(text("no_multiplier"))
    if prices.people is not None:
        facts.append((text("facts.people"), people(prices.people)))
    facts.append((text("facts.year"), prices.prices_of))
    favours = {"pays": "better", "does_not": "worse"}.get(worth.verdict, "neither")
    lede = text("lede", low=fixed(b.low, 1), high=fixed(b.high, 1))
    return Answer(lede, tuple(meaning), tuple(doubts), tuple(facts), favours)


def amount(worth: Worth, value: float, decimals: int = 0) -> str:
    """`£1,200`, or that there is no limit."""
    if not math.isfinite(value):
        return "no limit"
    sign = MINUS if round(value, decimals) < 0 else ""
    return f"{sign}{worth.prices.currency}{abs(value):,.{decimals}f}"


def _ranges(worth: Worth, text: Text) -> Section:
    rows = [
        (text(f"ranges.rows.{name}", outcome=worth.prices.outcome), *_shown(worth, name, found))
        for name, found in worth.spans.items()
    ]
    table = page_table(text("ranges.caption"), text.lines("ranges.columns"), rows, numeric=(1, 2, 3))
    heading, gain = text("ranges.heading"), worth.measured
    if gain is None:
        return Section("ranges", heading, table=table)
    notes = (text("ranges.no_limit"),) if math.isinf(gain.cost_per_outcome.high) else ()
    words = text.lines("ranges.words")
    return Section("ranges", heading, words, _figure(worth, gain, text), table, notes=notes)


def _figure(worth: Worth, gain: Gain, text: Text) -> Figure:
    b, g = worth.break_even, gain.gained
    bars = [
        Bar(text("ranges.needed"), b.low, b.middle, b.high, "further"),
        Bar(text("ranges.measured"), g.low, g.middle, g.high, "mean"),
    ]
    told = {"outcome": worth.prices.outcome}
    return forest_figure(
        "break_even",
        bars,
        text("ranges.axis", **told),
        headline=text(f"ranges.headline.{worth.verdict}"),
        title=text("ranges.figure_title", **told),
        alt_text=text(
            "ranges.alt",
            needed=text("to", low=fixed(b.low, 1), high=fixed(b.high, 1)),
            measured=text("to", low=fixed(g.low, 1), high=fixed(g.high, 1)),
        ),
    )


def _shown(worth: Worth, name: str, found: Span) -> tuple[str, ...]:
    values = (found.low, found.middle, found.high)
    if name in COUNTED:
        return tuple(fixed(value, 2) for value in values)
    return tuple(amount(worth, value, 2 if name in PRECISE else 0) for value in values)


def _movers(worth: Worth, gain: Gain, text: Text) -> Section:
    rows = [
        (
            text(f"movers.names.{m.name}")
            if not m.name.startswith("value: ")
            else m.name.removeprefix("value: "),
            amount(worth, m.returns.low, 2),
            amount(worth, m.returns.high, 2),
        )
        for m in gain.movers
    ]
    caption = text("movers.caption", one=f"{worth.prices.currency}1")
    table = page_table(caption, text.lines("movers.columns"), rows, numeric=(1, 2))
    return Section("movers", text("movers.heading"), text.lines("movers.words"), table=table)


def _prices(worth: Worth, text: Text) -> Section:
    prices = worth.prices
    found = [
        (
            text("prices.cost"),
            prices.cost.around(prices.cost.amount),
            prices.cost.price_year,
            prices.cost.source,
        ),
        *((u.name, u.around(u.amount), u.price_year, u.source) for u in prices.value),
    ]
    rows = [
        (
            name,
            text("to", low=amount(worth, low), high=amount(worth, high)),
            year,
            fixed(prices.factor(year), 3),
            source,
        )
        for name, (low, _, high), year, source in found
    ]
    if prices.multiplier is not None:
        low, _, high = prices.multiplier.around(prices.multiplier.value)
        span = text("to", low=fixed(low, 2), high=fixed(high, 2))
        rows.append((text("prices.multiplier"), span, text("none"), text("none"), prices.multiplier.source))
    if worth.measured is not None:
        effect = worth.measured.effect
        shown = text("to", low=fixed(effect.low, 2), high=fixed(effect.high, 2))
        per = text("prices.effect", per=effect.per)
        rows.append((per, shown, text("none"), text("none"), effect.source))
    notes = [text("prices.assumed", term=term) for term in prices.assumed]
    if prices.deflators is not None:
        notes.append(text("prices.deflators", source=prices.deflators.source))
    table = page_table(text("prices.caption"), text.lines("prices.columns"), rows, numeric=(1, 3))
    return Section("prices", text("prices.heading"), table=table, notes=tuple(notes))
