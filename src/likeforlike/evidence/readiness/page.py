"""What to expect of a list, as a page."""

from __future__ import annotations

from datetime import date

import numpy as np

from likeforlike.evidence.pages.curve import Line, Mark, curve_figure
from likeforlike.evidence.pages.page import Answer, Head, Page, Section
from likeforlike.evidence.pages.text import Text
from likeforlike.evidence.readiness.assess import Readiness
from likeforlike.evidence.readiness.seen import Seen
from likeforlike.report.charts.figure import Figure
from likeforlike.report.numbers import fixed, people, percent
from likeforlike.report.sections.table import page_table

POINTS, LEAST, REACH = 60, 20, 2.0
"""Of the curve: how many, its first number of people, and how far it goes beyond the most that are likely."""


def make_page(readiness: Readiness, text: Text) -> Page:
    """Every section."""
    sections = (
        _who(readiness, text),
        *((_what(readiness, text),) if readiness.seen else ()),
        *((_when(readiness, text),) if readiness.name else ()),
        _helps(readiness, text),
        Section("method", text("method.heading"), bullets=text.lines("method.bullets")),
    )
    head = Head(text("source"), text("kind"), text("title"), readiness.name)
    return Page(head, _answer(readiness, text), sections)


def readiness_page(readiness: Readiness) -> Page:
    """What the page says, as data: for a website with a look of its own."""
    return make_page(readiness, Text("ready"))


def size(told: Seen, value: float) -> str:
    """A difference with the decimals that its measure deserves."""
    return fixed(value, told.measure.decimals + (told.measure.kind == "rate"))


def day(told: date, text: Text) -> str:
    """`June 2025`."""
    return f"{text.lines('months')[told.month - 1]} {told.year}"


def _answer(readiness: Readiness, text: Text) -> Answer:
    low, middle, high = readiness.analysed_people
    told = {
        "noun": readiness.noun,
        "people": people(readiness.people),
        "minimum": people(readiness.minimum),
        "count": people(readiness.must_fix),
        "chance": percent(100 * readiness.refused),
        "middle": people(middle),
    }
    meaning = [text("analysed", low=people(low), high=people(high), **told)]
    if readiness.seen:
        first = readiness.seen[0]
        meaning.append(text("smallest", size=size(first, first.smallest), unit=first.measure.unit, **told))
    if readiness.due:
        meaning.append(text("known", when=day(readiness.due[-1].all, text)))
    doubts = []
    if readiness.verdict not in ("may_be_refused", "send"):
        doubts = [text("refusal", **told)] if readiness.refused >= 0.05 else []
    facts = (
        (text("facts.people"), told["people"]),
        (text("facts.analysed"), text("to", low=people(low), high=people(high))),
        (text("facts.refused"), told["chance"]),
    )
    return Answer(text(f"lede.{readiness.verdict}", **told), tuple(meaning), tuple(doubts), facts)


def _who(readiness: Readiness, text: Text) -> Section:
    shares = [(text("who.analysed"), readiness.analysed)]
    if readiness.found is not None:
        shares.insert(0, (text("who.found"), readiness.found))
    rows = [
        (
            name,
            *(
                f"{people(round(readiness.people * share))} ({percent(100 * share)})"
                for share in (told.low, told.middle, told.high)
            ),
            str(told.requests),
        )
        for name, told in shares
    ]
    table = page_table(text("who.caption"), text.lines("who.columns"), rows, numeric=(1, 2, 3, 4))
    words = text.lines("who.words", requests=readiness.analysed.requests)
    return Section("who", text("who.heading"), words, table=table)


def _what(readiness: Readiness, text: Text) -> Section:
    first = readiness.seen[0]
    rows = [
        (
            told.measure.statistical_label,
            size(told, told.smallest),
            text("to", low=size(told, told.at_least), high=size(told, told.at_most)),
            told.measure.unit,
            size(told, told.typical),
        )
        for told in readiness.seen
    ]
    table = page_table(text("what.caption"), text.lines("what.columns"), rows, numeric=(1, 2, 4))
    notes = tuple(
        text(
            "what.chance",
            measure=told.measure.statistical_label,
            effect=size(told, c.effect),
            unit=told.measure.unit,
            chance=percent(100 * c.power),
        )
        for told in readiness.seen[:1]
        for c in told.chances
    )
    return Section(
        "what",
        text("what.heading"),
        (*text.lines("what.words"), *notes),
        _figure(readiness, first, text),
        table,
    )


def _figure(readiness: Readiness, first: Seen, text: Text) -> Figure:
    low, middle, high = readiness.analysed_people
    across = np.geomspace(LEAST, max(REACH * high, 4 * LEAST), POINTS)
    places = (("low", low), ("middle", middle), ("high", high))
    marks = [Mark(float(max(n, LEAST)), text(f"what.marks.{name}")) for name, n in places]
    across_title, beside_title = text.lines("what.axes", unit=first.measure.unit)
    return curve_figure(
        "smallest_effect",
        [Line("", [(float(n), first.smallest_of(float(n))) for n in across])],
        marks,
        (across_title, beside_title),
        headline=text("what.headline", size=size(first, first.smallest), unit=first.measure.unit),
        title=text("what.figure_title", measure=first.measure.statistical_label),
        alt_text=text(
            "what.alt",
            low=people(low),
            high=people(high),
            most=size(first, first.at_most),
            least=size(first, first.at_least),
            unit=first.measure.unit,
        ),
    )


def _when(readiness: Readiness, text: Text) -> Section:
    heading = text("when.heading")
    if not readiness.due:
        return Section("when", heading, (text("when.no_dates"),))
    rows = [
        (
            text(f"when.what.{d.what}", months=d.months),
            day(d.half, text),
            day(d.all, text),
            people(d.ready),
        )
        for d in readiness.due
    ]
    table = page_table(text("when.caption"), text.lines("when.columns"), rows, numeric=(3,))
    return Section("when", heading, text.lines("when.words"), table=table)


def _helps(readiness: Readiness, text: Text) -> Section:
    helps = readiness.helps
    bullets = []
    if readiness.seen:
        first = readiness.seen[0]
        unit = first.measure.unit
        bullets += [
            text("helps.more", effect=size(first, effect), unit=unit, people=people(listed))
            for effect, listed in helps.list_for
            if listed > readiness.people
        ]
        bullets += [
            text("helps.together", services=t.services, size=size(first, t.smallest), unit=unit)
            for t in helps.together
        ]
    if helps.waiting:
        bullets.append(text("helps.waiting", people=people(helps.waiting)))
    if helps.without_date:
        bullets.append(text("helps.dates", people=people(helps.without_date)))
    bullets += [text("helps.missing", label=m.label, rows=people(m.rows)) for m in helps.missing[:4]]
    return Section("helps", text("helps.heading"), bullets=tuple(bullets) or (text("helps.nothing"),))
