"""A replayed contract becomes a page."""

from __future__ import annotations

from likeforlike.evidence.pages.page import Head, Page, Section
from likeforlike.evidence.pages.text import Text
from likeforlike.evidence.payment.answer import answer, names
from likeforlike.evidence.payment.conditions import amount_text, money, sentences
from likeforlike.evidence.payment.numbers import Printed
from likeforlike.evidence.payment.pay import Payment
from likeforlike.evidence.payment.risk_section import risk
from likeforlike.evidence.payment.side_by_side import MetricView
from likeforlike.report.numbers import fixed, people
from likeforlike.report.places import capital
from likeforlike.report.sections.table import Group, PageTable, page_table


def make_page(payment: Payment, text: Text) -> Page:
    """Every section that the payment has something to say in."""
    contract = payment.contract
    head = Head(text("source"), text("kind"), contract.name, payment.figures.source)
    sections = (
        _contract(payment, text),
        _cohorts(payment, text) if payment.measured else _bill(payment, text),
        _metrics(payment, text),
        risk(payment, text) if payment.measured else None,
        Section("method", text("method.heading"), bullets=text.lines("method.bullets")),
    )
    return Page(head, answer(payment, text), tuple(s for s in sections if s is not None))


def _contract(payment: Payment, text: Text) -> Section:
    contract = payment.contract
    notes = [text("contract.assumed", term=term) for term in contract.assumed]
    return Section(
        "contract",
        text("contract.heading"),
        bullets=sentences(contract, text),
        notes=(*notes, text("contract.terms", source=contract.source)),
    )


def _cohorts(payment: Payment, text: Text) -> Section | None:
    if payment.measured is None:
        return None
    contract = payment.contract
    rows = []
    for cohort in payment.measured.cohorts:
        value = cohort.improvement.value
        verdict = {True: "yes", False: "no", None: "open"}[cohort.meets]
        rows.append(
            (
                cohort.figures.name,
                text("none") if cohort.figures.people is None else people(cohort.figures.people),
                amount_text(contract, text, value.value),
                text("to", low=fixed(value.low, 2), high=fixed(value.high, 2)),
                text(f"cohorts.verdict.{'pooled' if cohort.by_pool else verdict}"),
                money(contract, cohort.payment.value),
            )
        )
    table = page_table(text("cohorts.caption"), text.lines("cohorts.columns"), rows, numeric=(1, 2, 3, 5))
    return Section("cohorts", text("cohorts.heading"), table=table)


def _bill(payment: Payment, text: Text) -> Section | None:
    if payment.billed is None:
        return None
    contract, billed = payment.contract, payment.billed
    rows = [
        (x.name, money(contract, x.price), people(x.claimed), people(x.counted), money(contract, x.payment))
        for x in billed.lines
    ]
    rows.append((text("bill.total"), "", "", "", money(contract, billed.total)))
    notes = []
    if billed.total < billed.uncapped:
        notes.append(text("bill.capped", uncapped=money(contract, billed.uncapped)))
    if billed.not_counted:
        notes.append(text("bill.left", count=people(sum(c.count for c in billed.not_counted))))
    table = page_table(text("bill.caption"), text.lines("bill.columns"), rows, numeric=(1, 2, 3, 4))
    return Section("bill", text("bill.heading"), table=table, notes=tuple(notes))


def _metrics(payment: Payment, text: Text) -> Section | None:
    views = [view for view in payment.views if view.metrics]
    if not views:
        return None
    words = list(text.lines("metrics.words"))
    words += [
        text(
            "metrics.disagree",
            cohort=view.cohort,
            better=names(view.better, text),
            worse=names(view.worse, text),
        )
        for view in payment.disagreeing
    ]
    if not payment.disagreeing:
        several = any(len(view.metrics) > 1 for view in views)
        words.append(text("metrics.agree" if several else "metrics.single"))
    groups = tuple(
        Group(view.cohort if len(views) > 1 else "", tuple(_cells(m, text) for m in view.metrics))
        for view in views
    )
    columns = text.lines("metrics.columns")
    table = PageTable(text("metrics.caption"), columns, frozenset({1, 2, 3, 4}), groups)
    return Section("metrics", text("metrics.heading"), tuple(words), table=table)


def _cells(view: MetricView, text: Text) -> tuple[str, ...]:
    unit = f"metric_unit.{view.metric}"
    return (
        capital(text(f"metric.{view.metric}")),
        text(unit, value=_figure(view.treated)),
        text(unit, value=_figure(view.baseline)),
        fixed(view.points.value, 2),
        text("none") if view.percent is None else f"{fixed(view.percent.value, 1)}%",
        text("yes" if view.pays else "no"),
    )


def _figure(printed: Printed) -> str:
    """As it was printed, or to two decimals where it was worked out."""
    return fixed(printed.value, 2).rstrip("0").rstrip(".")
