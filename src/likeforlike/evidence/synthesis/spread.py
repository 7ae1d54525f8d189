"""How far programmes differ, and the average by other methods."""

from __future__ import annotations

from likeforlike.evidence.pages.page import Section
from likeforlike.evidence.synthesis.context import Context, p_text
from likeforlike.report.numbers import fixed
from likeforlike.report.sections.table import page_table

METHODS = ("pooled", "hartung_knapp", "conventional", "dersimonian_laird", "fixed")
ALIKE = 0.5
"""I² in percent that prints as nought."""


def differ(context: Context) -> Section:
    """Heterogeneity in words, then every figure of it."""
    text, h, amounts = context.text, context.synthesis.heterogeneity, context.amounts
    i2, low, high = (fixed(share, 0) for share in (h.i2, h.i2_low, h.i2_high))
    tau, tau_low, tau_high = (amounts.signed(t**0.5) for t in (h.tau2, h.tau2_low, h.tau2_high))
    words = [text("differ.alike") if h.i2 < ALIKE else text("differ.some", i2=i2)]
    words.append(text("differ.uncertain", low=low, high=high))
    words.append(text("differ.spread", tau=tau, low=tau_low, high=tau_high, unit=context.unit))
    rows = [
        (text("differ.rows.q", degrees=h.degrees), fixed(h.q, 2)),
        (text("differ.rows.p"), p_text(h.p_value)),
        (text("differ.rows.tau2"), _short(h.tau2)),
        (text("differ.rows.tau2_interval"), text("to", low=_short(h.tau2_low), high=_short(h.tau2_high))),
        (text("differ.rows.tau2_dl"), _short(context.synthesis.dersimonian_laird_tau2)),
        (text("differ.rows.i2"), f"{i2}%"),
        (text("differ.rows.i2_interval"), text("to", low=f"{low}%", high=f"{high}%")),
        (text("differ.rows.h2"), fixed(h.h2, 2)),
        (text("differ.rows.prediction"), amounts.interval(*context.synthesis.prediction)),
    ]
    table = page_table(text("differ.caption"), text.lines("differ.columns"), rows, numeric=(1,))
    return Section("differ", text("differ.heading"), tuple(words), table=table, folded=text("show_table"))


def methods(context: Context) -> Section:
    """The average by each method."""
    text, amounts = context.text, context.amounts
    found = [(name, getattr(context.synthesis, name)) for name in METHODS]
    rows = [
        (
            text(f"methods.rows.{name}"),
            amounts.signed(p.estimate),
            amounts.interval(p.conf_low, p.conf_high),
            p_text(p.p_value),
        )
        for name, p in found
    ]
    caption = text("methods.caption", unit=context.unit)
    table = page_table(caption, text.lines("methods.columns"), rows, numeric=(1, 2, 3))
    return Section("methods", text("methods.heading"), text.lines("methods.words"), table=table)


def _short(value: float) -> str:
    return f"{value:.4g}"
