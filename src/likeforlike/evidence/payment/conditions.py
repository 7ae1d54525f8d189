"""A contract's rule in plain sentences."""

from __future__ import annotations

from likeforlike.evidence.pages.text import Text
from likeforlike.evidence.payment.contract import Contract
from likeforlike.report.numbers import fixed


def sentences(contract: Contract, text: Text) -> tuple[str, ...]:
    """What it measures, when it pays and how much, a sentence each."""
    if contract.by_outcome:
        kind = "card" if contract.rate_card else "scale"
        return (text(f"contract.{kind}"), *_limits(contract, text))
    return (
        *_measure(contract, text),
        *_rule(contract, text),
        *_pay(contract, text),
        *_limits(contract, text),
    )


def money(contract: Contract, amount: float) -> str:
    """`£1,200`; a sum to repay has its minus before the sign of the currency."""
    sign = "\N{MINUS SIGN}" if round(amount) < 0 else ""
    return f"{sign}{contract.currency}{abs(amount):,.0f}"


def amount_text(contract: Contract, text: Text, value: float) -> str:
    """An improvement with its unit, such as `8.4%` or `5.7 percentage points`."""
    scale = contract.measure.scale if contract.measure else "points"
    unit = (
        "percent" if scale == "percent" else f"points.{contract.measure.metric if contract.measure else ''}"
    )
    return text(f"unit.{unit}", value=fixed(value, 1))


def _measure(contract: Contract, text: Text) -> tuple[str, ...]:
    measure, baseline = contract.measure, contract.baseline
    if measure is None or baseline is None:
        return ()
    return (
        text("contract.measure", metric=text(f"metric.{measure.metric}")),
        text(f"contract.baseline.{baseline.kind}"),
    )


def _rule(contract: Contract, text: Text) -> tuple[str, ...]:
    rule, baseline = contract.rule, contract.baseline
    found = []
    if rule.threshold is not None:
        found.append(text("contract.threshold", size=amount_text(contract, text, rule.threshold)))
    if rule.pooled_threshold is not None:
        found.append(text("contract.pooled", size=amount_text(contract, text, rule.pooled_threshold)))
    if rule.significance is not None:
        found.append(text("contract.significance", level=f"{100 * rule.significance:g}%"))
    if rule.hurdle is not None:
        found.append(text("contract.hurdle", metric=text(f"metric.{rule.hurdle}")))
    if rule.count_up_to is not None:
        found.append(text("contract.count_up_to", size=amount_text(contract, text, rule.count_up_to)))
    for name in ("lower", "upper", "terminate_above"):
        limit = getattr(baseline, name)
        if limit is not None:
            found.append(text(f"contract.{name}", limit=f"{limit:g}"))
    return tuple(found)


def _pay(contract: Contract, text: Text) -> tuple[str, ...]:
    pay = contract.pay
    found = []
    if pay.amount is not None:
        found.append(text("contract.amount", amount=money(contract, pay.amount)))
    if pay.price is not None:
        found.append(text("contract.price", amount=money(contract, pay.price)))
    if pay.at_risk is not None and pay.annual_price is not None:
        amount = money(contract, pay.at_risk * pay.annual_price)
        found.append(text("contract.at_risk", share=f"{100 * pay.at_risk:g}%", amount=amount))
    if pay.saving_share is not None and pay.baseline_cost is not None:
        share = f"{100 * pay.saving_share:g}%"
        found.append(text("contract.saving", share=share, cost=money(contract, pay.baseline_cost)))
    if pay.deduct is not None:
        found.append(text("contract.deduct", amount=money(contract, pay.deduct)))
    return tuple(found)


def _limits(contract: Contract, text: Text) -> tuple[str, ...]:
    cap = contract.pay.cap
    return () if cap is None else (text("contract.cap", amount=money(contract, cap)),)
