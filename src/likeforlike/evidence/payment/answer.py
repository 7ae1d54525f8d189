"""What a replayed contract says first."""

from __future__ import annotations

from likeforlike.evidence.pages.page import Answer
from likeforlike.evidence.pages.text import Text
from likeforlike.evidence.payment.conditions import amount_text, money
from likeforlike.evidence.payment.contract import Contract, Metric
from likeforlike.evidence.payment.pay import Payment
from likeforlike.report.numbers import people, percent


def answer(payment: Payment, text: Text) -> Answer:
    """What is paid, why, and what to doubt."""
    contract, total = payment.contract, payment.total
    lede = "repays" if total.value < 0 else "pays" if total.value > 0 else "nothing"
    amount = money(contract, abs(total.value))
    return Answer(
        text(f"lede.{lede}", amount=amount),
        _meaning(payment, text),
        _doubts(payment, text),
        _facts(payment, text),
    )


def names(metrics: tuple[Metric, ...], text: Text) -> str:
    """Metrics in a list of words."""
    return " and ".join(text(f"metric_short.{metric}") for metric in metrics)


def _meaning(payment: Payment, text: Text) -> tuple[str, ...]:
    if payment.billed is not None:
        lines = payment.billed.lines
        counted, claimed = sum(x.counted for x in lines), sum(c.count for c in payment.figures.claims)
        return (text("billed", counted=people(counted), claimed=people(claimed)),)
    if payment.measured is None:
        return ()
    cohorts = payment.measured.cohorts
    if len(cohorts) == 1:
        one = cohorts[0]
        verdict = {True: "one_met", False: "one_not", None: "one_open"}[one.meets]
        waits = payment.contract.rule.pooled_threshold is not None and one.meets is not True
        return (
            text(f"meaning_rule.{verdict}"),
            _improved(payment.contract, text, one.improvement.value.value),
            *((text("pooled.waits"),) if waits else ()),
        )
    met = sum(c.meets is True for c in cohorts)
    found = [text("meaning_rule.met", met=met, count=len(cohorts))]
    if payment.measured.pooled is not None and payment.contract.rule.pooled_threshold is not None:
        size = amount_text(payment.contract, text, payment.measured.pooled.value)
        verdict = {True: "met", False: "missed", None: "open"}[payment.measured.pooled_meets]
        found.append(text(f"pooled.{verdict}", size=size))
    return tuple(found)


def _improved(contract: Contract, text: Text, value: float) -> str:
    return text("improved" if value >= 0 else "worsened", size=amount_text(contract, text, abs(value)))


def _doubts(payment: Payment, text: Text) -> tuple[str, ...]:
    contract, total = payment.contract, payment.total
    found = []
    if total.rounds:
        words = "rounding" if payment.depends_on_rounding else "rounded"
        found.append(text(words, low=money(contract, total.low), high=money(contract, total.high)))
    found += [
        text("disagree", better=names(v.better, text), worse=names(v.worse, text))
        for v in payment.disagreeing[:1]
    ]
    if contract.baseline is not None and contract.baseline.kind != "matched":
        found.append(text("historic"))
    if contract.by_outcome:
        found.append(text("no_comparison"))
    if payment.measured and any(c.terminate for c in payment.measured.cohorts):
        found.append(text("terminate"))
    told = next((c for c in payment.chances if c is not None), None)
    if told is not None:
        found.append(text("chance_again", chance=percent(100 * told.pays_again)))
        own = next(risk for risk in told.risks if risk.people == _people(payment))
        found.append(text("false_pay", chance=percent(100 * own.false_pay)))
    return tuple(found)


def _people(payment: Payment) -> int | None:
    """Of the first cohort whose chances are known."""
    pairs = zip(payment.chances, payment.figures.cohorts, strict=True)
    return next(cohort.people for told, cohort in pairs if told is not None)


def _facts(payment: Payment, text: Text) -> tuple[tuple[str, str], ...]:
    facts = [(text("facts.total"), money(payment.contract, payment.total.value))]
    if payment.measured is not None:
        facts.append((text("facts.cohorts"), str(len(payment.measured.cohorts))))
        sizes = [c.people for c in payment.figures.cohorts if c.people is not None]
        if len(sizes) == len(payment.figures.cohorts):
            facts.append((text("facts.people"), people(sum(sizes))))
    return tuple(facts)
