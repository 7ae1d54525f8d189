"""The part of chance, in a picture and a table."""

from __future__ import annotations

from likeforlike.evidence.pages.curve import Line, Mark, curve_figure
from likeforlike.evidence.pages.page import Section
from likeforlike.evidence.pages.text import Text
from likeforlike.evidence.payment.chances import Chances, bar_of
from likeforlike.evidence.payment.conditions import amount_text
from likeforlike.evidence.payment.pay import Payment
from likeforlike.report.charts.figure import Figure
from likeforlike.report.numbers import people, percent
from likeforlike.report.sections.table import page_table


def risk(payment: Payment, text: Text) -> Section:
    """Of the first cohort whose uncertainty is known; or that none is."""
    heading = text("risk.heading")
    if payment.measured is None or not any(payment.chances):
        return Section("risk", heading, (text("risk.unknown"),))
    place = next(i for i, told in enumerate(payment.chances) if told is not None)
    told, size = payment.chances[place], payment.figures.cohorts[place].people
    if told is None or size is None:
        raise ValueError("chances without people")
    words = list(text.lines("risk.words"))
    if told.true_reaches is not None:
        words.append(text("risk.reaches", chance=percent(100 * told.true_reaches)))
    words.append(text("risk.again", people=people(size), chance=percent(100 * told.pays_again)))
    columns = [text("risk.people"), text("risk.false_pay")]
    effects = told.risks[0].effects
    columns += [text("risk.false_no_pay", size=amount_text(payment.contract, text, e)) for e in effects]
    rows = [
        (people(r.people), percent(100 * r.false_pay), *(percent(100 * missed) for missed in r.false_no_pay))
        for r in told.risks
    ]
    table = page_table(text("risk.caption"), columns, rows, numeric=range(1, len(columns)))
    figure = _figure(payment, told, place, size, text)
    return Section("risk", heading, tuple(words), figure, table, notes=(text("risk.normal"),))


def _figure(payment: Payment, told: Chances, place: int, size: int, text: Text) -> Figure | None:
    if payment.measured is None or payment.contract.measure is None:
        return None
    cohort, scale = payment.measured.cohorts[place], payment.contract.measure.scale
    key = scale if scale == "percent" else f"points.{payment.contract.measure.metric}"
    unit = text(f"risk.unit.{key}")
    bar = float(bar_of(payment.contract, cohort, cohort.std_error or 0.0))
    own = next(r for r in told.risks if r.people == size)
    nothing = percent(100 * own.false_pay)
    across, beside = text.lines("risk.axes", unit=unit)
    return curve_figure(
        "chance_of_payment",
        [Line("", [(true, 100 * chance) for true, chance in told.curve])],
        [Mark(0.0, text("risk.at_nothing")), Mark(bar, text("risk.at_bar"))],
        (across, beside),
        top=100,
        headline=text("risk.headline", chance=nothing),
        title=text("risk.figure_title", people=people(size), unit=unit),
        alt_text=text("risk.alt", nothing=nothing, half=percent(50)),
    )
