"""The headline rate from a noisy count: what may be said of an outcome where a lab has noise on.

Nothing here looks at the exact number of participants with the outcome. The comparison group's rate does not depend on
it, and the interval is Newcombe's for the noisy count, with the noise's own variance added on either side (the method
of variance estimates recovery: Zou & Donner 2008).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
from scipy.special import ndtr

from likeforlike.disclosure.ledger.of_study import ANALYSED, FOLLOWED, Asked
from likeforlike.disclosure.ledger.submission import as_sent_of
from likeforlike.disclosure.noise import Counted, Noisy, standard_deviation, usually_within
from likeforlike.errors import InputProblem
from likeforlike.estimates.difference import participants_to_settle
from likeforlike.estimates.rates import newcombe

if TYPE_CHECKING:
    from likeforlike.disclosure.ledger.files import Ledger
    from likeforlike.estimates.estimate import Estimates
    from likeforlike.labs.definition import Lab
    from likeforlike.outcomes.open_outcomes import Outcomes
    from likeforlike.plan import Plan

Row = Mapping[str, Any]
Z = 1.959963984540054


def require_one_rate(plan: Plan, lab: Lab) -> None:
    """Make sure that noise can be added to what the plan asks first.

    Raises
    ------
    InputProblem
        The lab has noise on, and the plan's first headline measure is no rate of everyone, or places count as people.
    """
    if not lab.disclosure.noise:
        return
    first = lab.outcomes.get(plan.headline[0])
    if first.kind != "rate" or first.base:
        raise InputProblem(
            f"This lab adds noise to one rate, and the plan's first headline measure, '{first.name}', is none: "
            "name a rate of everyone first in its headline."
        )
    if plan.place:
        raise InputProblem(
            "This lab adds noise for people, not for whole places: leave the plan's place out."
        )


def only_with_noise(
    ledger: Ledger, asked: Asked, estimates: Estimates, outcomes: Outcomes, today: date
) -> Estimates:
    """The first headline measure from a noisy count, and no other: all that may be said of outcomes.

    Parameters
    ----------
    ledger
        Keeps every draw, before anybody sees it.
    asked
        Whom the study is about, as far as matching.

    Raises
    ------
    Refused
        What may be said of these people has been said.
    """
    plan, profile = asked.study.plan, estimates.lab.disclosure
    measure = estimates.lab.outcomes.get(plan.headline[0])
    (row,) = estimates.frame.filter(pl.col("term") == measure.name).to_dicts()
    otherwise = min(max(row["mean_comparison"], 0.0), 1.0)
    noise, statistic = (profile.noise, profile.noise_budget), f"{measure.name} within {plan.months} months"
    had = asked.tokens_of_events(outcomes.frame.filter(pl.col(measure.column).cast(pl.Boolean)))
    drawn = [
        ledger.draw(
            asked.with_nothing_said(),
            Counted(ANALYSED + arm, as_sent_of(FOLLOWED + arm), had, otherwise),
            statistic,
            noise,
            today,
        )
        for arm, _ in asked.arms
    ]
    frame = pl.DataFrame([row_with_noise(row, *drawn)], schema_overrides=dict(estimates.frame.schema))
    return replace(estimates, frame=frame)


def row_with_noise(row: Row, noisy: Noisy, others: Noisy | None = None) -> dict[str, Any]:
    """A row of `Estimates.frame` for a rate, as it would be had the noisy count been the true one.

    Parameters
    ----------
    row
        The exact one; of its figures only the numbers of people and what the comparison group did are used.
    noisy
        Participants with the outcome.
    others
        The same of the other arm, where lots decided who took part: those are on the list too.
    """
    people, size = row["n"], float(row["effective_comparison"])
    rate = noisy.value / people
    other_rate = others.value / size if others else min(max(row["mean_comparison"], 0.0), 1.0)
    plain = newcombe(float(noisy.value), float(people), other_rate * size, size)
    spread = standard_deviation(noisy.epsilon) / people
    if others:
        spread = math.hypot(spread, standard_deviation(others.epsilon) / size)
    effect = rate - other_rate
    low = effect - math.hypot(effect - plain.low, Z * spread)
    high = effect + math.hypot(plain.high - effect, Z * spread)
    toward_zero = (effect - low if effect > 0 else high - effect) / Z
    return {
        **row,
        "estimate": effect,
        "std_error": toward_zero,
        "conf_low": max(low, -1.0),
        "conf_high": min(high, 1.0),
        "p_value": float(2 * ndtr(-abs(effect) / toward_zero)),
        "mean_treated": rate,
        "mean_comparison": other_rate,
        "events_treated": noisy.value,
        "events_comparison": other_rate * size,
        "people_treated": people,
        "largest_share": 0.0,
        "number_needed": participants_to_settle(effect, toward_zero, people),
        "p_adjusted": None,
        "epsilon": noisy.epsilon,
        "noise_within": usually_within(noisy.epsilon),
    }
