"""Writes a replayed contract to a folder."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import polars as pl

from likeforlike.evidence.pages.text import Text
from likeforlike.evidence.pages.write import write_page
from likeforlike.evidence.payment.page import make_page
from likeforlike.evidence.payment.pay import Payment


def write_payment(payment: Payment, out: str | Path) -> Path:
    """Write the page, its chart, its tables as CSV and everything as JSON.

    Raises
    ------
    InputProblem
        The folder cannot be written to.
    """
    text = Text("payment")
    page = make_page(payment, text)
    return write_page("payment", page, text, payment.to_dict(), tables(payment), out)


def tables(payment: Payment) -> dict[str, pl.DataFrame]:
    """The payments, every metric, and the risks."""
    metrics = [
        {
            "cohort": view.cohort,
            "metric": m.metric,
            "treated": m.treated.value,
            "baseline": m.baseline.value,
            "better_by": m.points.value,
            "better_by_percent": None if m.percent is None else m.percent.value,
            "pays": m.pays,
        }
        for view in payment.views
        for m in view.metrics
    ]
    risks = [
        {"cohort": cohort.name, "people": r.people, "true_improvement": effect, "chance_not_paid": missed}
        for cohort, told in zip(payment.figures.cohorts, payment.chances, strict=True)
        if told is not None
        for r in told.risks
        for effect, missed in zip((0.0, *r.effects), (1 - r.false_pay, *r.false_no_pay), strict=True)
    ]
    left = [asdict(claim) for claim in payment.billed.not_counted] if payment.billed else []
    found = {
        "payments": payment.to_frame(),
        "metrics": pl.DataFrame(metrics),
        "risks": pl.DataFrame(risks),
        "not_counted": pl.DataFrame(left),
    }
    return {name: frame for name, frame in found.items() if frame.height}
