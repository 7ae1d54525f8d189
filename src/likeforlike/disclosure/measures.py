"""Estimates as they may be shown: rounded, or withheld with the reason."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any, Literal

from likeforlike.disclosure.counts import mean_decimals, rate_decimals, rounded, too_even
from likeforlike.disclosure.noise import said_of
from likeforlike.disclosure.profiles.rules import LIMIT, away_from_limit
from likeforlike.disclosure.relative import with_relative
from likeforlike.disclosure.release import MeasureRow, RuleRecord
from likeforlike.disclosure.sent import told
from likeforlike.labs.definition import DisclosureProfile, Measure, Outcomes

TINY = 1e-9
GIVEN_AWAY = "With this figure, another that is not shown could be worked out."
Row = Mapping[str, Any]


def measure_rows(
    outcomes: Outcomes,
    rows: Iterable[Row],
    profile: DisclosureProfile,
    *,
    headline: Iterable[str],
    months: int,
    alone: str = "",
    with_them: Iterable[str] = (),
) -> list[tuple[MeasureRow, RuleRecord]]:
    """Every measure's protected row, in the order given, and the record of the rule it met.

    Parameters
    ----------
    rows
        Rows of `Estimates.frame`.
    headline
        Names of the measures that the plan has on the first page.
    months
        How long people were followed: the measures' words say so.
    alone
        Name of the measure that answers the plan's question: it is one test, whatever else is looked at.
    with_them
        Names of measures that are withheld elsewhere, of which these rows would give the figures away.
    """
    first_page, estimated = set(headline), {row["term"]: row for row in rows}
    declared = {name: outcomes.get(name).over(months) for name in estimated}
    own = {name: why_withheld(declared[name], row, profile) for name, row in estimated.items()}
    own |= {name: GIVEN_AWAY for name in with_them if not own.get(name, GIVEN_AWAY)}
    withheld = own | dict.fromkeys(_given_away(declared, estimated, own, profile), GIVEN_AWAY)
    found = [
        measure_row(
            m,
            estimated[name],
            profile,
            headline=name in first_page,
            alone=name == alone,
            withheld=withheld[name],
        )
        for name, m in declared.items()
    ]
    family = [row for row, _ in found if _p_adjusted(estimated[row.name]) is not None]
    return without_adjusted(found) if any(row.withheld for row in family) else found


def without_adjusted(found: list[tuple[MeasureRow, RuleRecord]]) -> list[tuple[MeasureRow, RuleRecord]]:
    """The rows without corrected p-values: one that is shown can be another's that is not, times a known number."""
    return [(row.model_copy(update={"p_adjusted": None}), rule) for row, rule in found]


def measure_row(
    measure: Measure,
    row: Row,
    profile: DisclosureProfile,
    *,
    headline: bool,
    alone: bool = False,
    withheld: str | None = None,
) -> tuple[MeasureRow, RuleRecord]:
    """One measure's protected row and the record of the rule it met.

    Parameters
    ----------
    row
        A row of `Estimates.frame`.
    headline
        Whether the plan has it on the first page.
    alone
        Whether it is tested by itself, so that no correction for several applies.
    withheld
        Why it is not shown, or nothing; worked out from the row alone if it is not given.
    """
    if withheld is None:
        withheld = why_withheld(measure, row, profile)
    target = measure.statistical_label
    copied = ("name", "label", "statistical_label", "kind", "unit", "decimals", "descriptive", "better")
    head = {k: getattr(measure, k) for k in copied} | {"headline": headline}
    if withheld:
        empty = dict.fromkeys(
            (
                "n_treatment",
                "n_comparison",
                "treatment",
                "comparison",
                "difference",
                "conf_low",
                "conf_high",
                "p_value",
            )
        )
        hidden = MeasureRow(
            **head,
            **empty,
            significant=False,
            direction="undetermined",
            number_needed=None,
            withheld=withheld,
        )
        return hidden, RuleRecord(rule="Figures", target=target, action="withheld", reason=withheld)
    figures = {
        "treatment": row["mean_treated"],
        "comparison": row["mean_comparison"],
        "difference": row["estimate"],
        "conf_low": row["conf_low"],
        "conf_high": row["conf_high"],
    }
    events = rounded(row["events_treated"], profile) if _of_rounded(profile) else row["events_treated"]
    doubt = doubted(measure, {**row, "events_treated": events}, alone=alone)
    significant = bool(row["p_value"] <= LIMIT) and not doubt
    decimals = _decimals(measure, row, profile)
    figured = MeasureRow(
        **head | {"decimals": max(decimals, 0)},
        n_treatment=rounded(told(row, "n"), profile),
        n_comparison=rounded(told(row, "n_comparison"), profile),
        **{k: _scaled(v, measure, decimals) for k, v in figures.items()},
        p_value=away_from_limit(row["p_value"]),
        significant=significant,
        direction=_direction(row["estimate"]) if significant else "undetermined",
        number_needed=None if significant else _one_figure(row, measure, decimals),
        p_adjusted=_p_adjusted(row),
        detectable=_detectable(row, measure, decimals),
        doubt=doubt,
        epsilon=row.get("epsilon"),
        noise_within=row.get("noise_within"),
    )
    shown_row = with_relative(figured)
    of_rounded = "; rates of numbers rounded so" if measure.kind == "rate" and _of_rounded(profile) else ""
    done = (
        f"People to the nearest {profile.nearest}{of_rounded}; figures to {shown_row.decimals} decimals; enough "
        "people with and without the outcome in both groups."
    )
    if shown_row.epsilon is not None:
        return shown_row, RuleRecord(
            rule="Noise", target=target, action="noise", reason=said_of(shown_row.epsilon)
        )
    return shown_row, RuleRecord(rule="Figures", target=target, action="rounded", reason=done)


def doubted(measure: Measure, row: Row, *, alone: bool) -> Literal["", "too_few", "several"]:
    """Why an interval that excludes zero is still no claim; nothing where it is one, or includes zero.

    The Justice Data Lab's rule: at least 10 people with the event, and as many more as the measure asks for. Of
    several claims, those that do not stand alone must hold after correction too.
    """
    if not row["p_value"] <= LIMIT:
        return ""
    if row["events_treated"] < max(measure.minimum_events, 10):
        return "too_few"
    adjusted = _p_adjusted(row)
    return "several" if not alone and adjusted is not None and adjusted > LIMIT else ""


def why_withheld(measure: Measure, row: Row, profile: DisclosureProfile) -> str:
    """Why a measure may not be shown, as its own figures have it; empty when it may."""
    people, others = row["n"], row["effective_comparison"]
    floor = max(profile.minimum_analysed, measure.minimum_events if measure.base else 0)
    # How many are in the base of a measure is as telling as how many of them have its event.
    shares = [(people, row["people_treated"], others, row["people_comparison"])] if measure.base else []
    if _has_event(measure):
        shares.append((row["events_treated"], people, row["events_comparison"], others))
    reasons = {
        "Too few people to show this.": people < floor or others < profile.minimum_comparison,
        "Too few people had, or did not have, this outcome to show it.": any(
            too_even(had, of, profile) for had, of, _, _ in shares
        ),
        "Too few people in the comparison group had, or did not have, this outcome to show it.": any(
            too_even(had, of, profile) for _, _, had, of in shares
        ),
        "One or two people make up nearly all of this figure.": measure.kind != "rate"
        and row["largest_share"] >= profile.dominance,
        "Too few places took part to say how sure this figure is.": row.get("places") is not None
        and not math.isfinite(row["p_value"]),
        "This figure cannot be worked out for this group.": not math.isfinite(row["p_value"]),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _has_event(measure: Measure) -> bool:
    """Whether the measure tells who had an event and who not: a time among those who had it does not."""
    return measure.kind != "time" or measure.event is not None


def _given_away(
    declared: Mapping[str, Measure],
    rows: Mapping[str, Row],
    withheld: Mapping[str, str],
    profile: DisclosureProfile,
) -> list[str]:
    """Measures that would give away a withheld one, because with others they add up to a whole.

    Those withheld must be at least two and together about enough people; the smallest others join them until they are.
    """
    names = sorted((n for n, m in declared.items() if m.whole), key=lambda n: declared[n].whole or "")
    joined = []
    for _, members in groupby(names, key=lambda n: declared[n].whole):
        by_size = sorted(members, key=lambda n: rows[n]["events_treated"])
        hidden = [n for n in by_size if withheld[n]]
        shown = [n for n in by_size if not withheld[n]]
        together = sum if declared[by_size[0]].kind == "rate" else max
        while hidden and shown and not _enough_together([rows[n] for n in hidden], together, profile):
            joined.append(shown[0])
            hidden.append(shown.pop(0))
    return joined


def _enough_together(rows: list[Row], together: Callable[..., float], profile: DisclosureProfile) -> bool:
    """Shares of one whole are of different people; numbers per person may be of the same ones."""
    groups = ("events_treated", "events_comparison")
    return len(rows) > 1 and all(together(row[g] for row in rows) >= profile.band_below for g in groups)


def _decimals(measure: Measure, row: Row, profile: DisclosureProfile) -> int:
    """The profile's for a rate; of a mean the measure's, but no more significant figures than the profile allows."""
    if measure.kind == "rate":
        people = (rounded(told(row, name), profile) for name in ("n", "effective_comparison"))
        return rate_decimals(people, profile)
    largest = max(abs(row["mean_treated"]), abs(row["mean_comparison"]), 1.0)
    figures = profile.figures - 1 - math.floor(math.log10(largest))
    return min(measure.decimals, figures, mean_decimals(told(row, "people_treated"), profile))


def _of_rounded(profile: DisclosureProfile) -> bool:
    return profile.rates_from == "rounded"


def _scaled(value: float, measure: Measure, decimals: int) -> float:
    return round(100 * value if measure.kind == "rate" else value, decimals) + 0.0


def _p_adjusted(row: Row) -> float | None:
    adjusted = row.get("p_adjusted")
    return None if adjusted is None or not math.isfinite(adjusted) else away_from_limit(adjusted)


def _detectable(row: Row, measure: Measure, decimals: int) -> float | None:
    """Rounded up, so that no more is promised than the group could find; nothing where no rate can differ so much."""
    effect = row.get("detectable")
    if effect is None or not math.isfinite(effect) or (measure.kind == "rate" and effect >= 1):
        return None
    places = 10.0**decimals
    return float(math.ceil((100 if measure.kind == "rate" else 1) * effect * places - TINY) / places)


def _direction(estimate: float) -> Literal["lower", "higher"]:
    return "lower" if estimate < 0 else "higher"


def _one_figure(row: Row, measure: Measure, decimals: int) -> int | None:
    """Rounded up to one significant figure: finer would give back the difference before rounding."""
    people = row["number_needed"]
    if not math.isfinite(people) or people <= 0 or _scaled(row["estimate"], measure, decimals) == 0:
        return None
    unit = 10 ** max(math.floor(math.log10(people)), 1)
    return int(math.ceil(people / unit) * unit)
