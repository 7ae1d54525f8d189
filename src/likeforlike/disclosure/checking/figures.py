"""Questions about published figures: each answers with what is wrong in a sentence, or with nothing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby, pairwise

from likeforlike.disclosure.checking.outputs import Output, Row
from likeforlike.disclosure.counts import (
    FINE_FROM,
    RATE_STEPS,
    is_rounded,
    most,
    percent,
    possible_events,
    rate_decimals,
    rate_step,
    rounding_range,
)
from likeforlike.labs.definition import DisclosureProfile

PEOPLE = (
    *("n_treatment", "n_comparison", "remaining", "submitted"),
    *("treated", "comparison", "effective_comparison"),
)
FIGURES = ("treatment", "comparison", "difference", "conf_low", "conf_high")
TINY = 1e-9


def is_multiple(value: float, unit: float) -> bool:
    """Whether a figure stands on a grid."""
    return abs(value / unit - round(value / unit)) < 1e-6


def people_rounded(output: Output, profile: DisclosureProfile) -> str:
    """Numbers of people stand on the profile's grid and none is a small one."""
    names = PEOPLE if output.kind in ("flow", "match", "linkage") else PEOPLE[:2]
    for name, value in _given(output.rows, names):
        if value != int(value) or not is_rounded(int(value), profile):
            return f"{name} is {value}, not to the nearest {profile.nearest}."
        if 0 < value < profile.hide_below and rounding_range(int(value), profile)[1] < profile.hide_below:
            return f"{name} is {value}, which is hidden below {profile.hide_below}."
    return ""


def enough_people(output: Output, profile: DisclosureProfile) -> str:
    """What is said is said of enough people."""
    floors = {
        "n_treatment": profile.minimum_analysed,
        "analysed": profile.minimum_analysed,
        "n_comparison": profile.minimum_comparison,
        "effective_comparison": profile.minimum_comparison,
    }
    for name, value in _given(output.rows, floors):
        if most(int(value), profile) < floors[name]:
            return f"{name} is {value}: fewer than {floors[name]}."
    return ""


def decimals_kept(output: Output, profile: DisclosureProfile) -> str:
    """Figures are no finer than the profile, or the measure, has them."""
    for row in output.rows:
        if "decimals" not in row:
            continue
        of_people = row.get("kind") == "rate" or row["unit"] in ("%", "percent", "percentage points")
        most = _decimals(row, profile) if of_people else row["decimals"]
        for name, value in _given([row], (*FIGURES, "estimate")):
            if not is_multiple(value, 10.0**-most):
                return f"{name} is {value}: finer than {most} decimals."
        for name, value in _given([row], ("p_value", "p_adjusted")):
            if not is_multiple(value, 0.001):
                return f"{name} is {value}: finer than 3 decimals."
        for name, value in _given([row], ("number_needed",)):
            if len(str(int(value)).rstrip("0")) > 1:
                return f"{name} is {value}: finer than one significant figure."
    return ""


def neither_all_nor_none(output: Output, profile: DisclosureProfile) -> str:
    """A rate leaves enough people on either side possible, for the largest group that it may be of."""
    for row in output.rows:
        if row.get("kind") != "rate" or row.get("withheld") or row.get("n_treatment") is None:
            continue
        for group in ("treatment", "comparison"):
            said = row[f"n_{group}"]
            people = most(said, profile)
            low, high = possible_events(row[group], people, profile, row["decimals"], said)
            if high < profile.band_below or people - low < profile.band_below:
                return f"The rate {row[group]:g}% of about {people} is of fewer than {profile.band_below} on one side."
    return ""


def rate_as_shown(output: Output, profile: DisclosureProfile) -> str:
    """A rate is one that every number of people rounded alike could have, or of a rounded number of events."""
    for row in output.rows:
        people = row.get("n_treatment")
        if row.get("kind") != "rate" or row.get("withheld") or not people:
            continue
        rate, gap = row["treatment"], row["treatment"] - row["comparison"] - row["difference"]
        low, high = possible_events(rate, people, profile, row["decimals"])
        if low > high:
            return f"{rate:g}% of about {people} is of no rounded number."
        steps = [step for step in RATE_STEPS if step >= rate_step(people, profile)]
        exact = profile.rates_from == "exact"
        if exact and not any(is_multiple(rate, step) for step in steps):
            return f"{rate:g}% of about {people} is finer than {steps[0]} points."
        if abs(gap) > (TINY if exact and people < FINE_FROM else 10.0 ** -row["decimals"] + TINY):
            return f"The difference {row['difference']:g} is not that of the rates shown."
    return ""


def looks_of_shown(output: Output, profile: DisclosureProfile) -> str:
    """A look has people on the profile's grid, a whole share, and a limit and a z-value of two decimals."""
    for row in output.rows:
        if row["analysed"] is not None and not is_rounded(row["analysed"], profile):
            return f"analysed is {row['analysed']}, not to the nearest {profile.nearest}."
        for name, value in _given([row], ("limit", "z")):
            if not is_multiple(value, 0.01):
                return f"{name} is {value}: finer than 2 decimals."
    return ""


def _decimals(row: Row, profile: DisclosureProfile) -> int:
    """Of a percentage; where the people are not said with it, the most that the profile ever allows."""
    people = [row.get("n_treatment"), row.get("n_comparison")]
    known = [int(count) for count in people if count is not None]
    return rate_decimals(known or [profile.decimal_from or 0], profile)


def relative_of_shown(output: Output, profile: DisclosureProfile) -> str:  # noqa: ARG001
    """A difference in percent of the comparison group's figure is worked out from what is shown."""
    for row in output.rows:
        for end in ("low", "high"):
            said = row.get(f"relative_{end}")
            if said is not None and said != round(100 * row[f"conf_{end}"] / row["comparison"]):
                return f"{said}% is not {row[f'conf_{end}']:g} as a share of {row['comparison']:g}."
    return ""


def withheld_is_empty(output: Output, profile: DisclosureProfile) -> str:  # noqa: ARG001
    """What is withheld has no figure at all; what is not has all."""
    for row in output.rows:
        if "withheld" not in row:
            continue
        held = [
            name
            for name, _ in _given(
                [row],
                (*FIGURES, *PEOPLE, "p_value", "p_adjusted", "number_needed", "relative_low", "detectable"),
            )
        ]
        if row["withheld"] and held:
            return f"It is withheld, but {held[0]} is there."
        if not row["withheld"] and row["n_treatment"] is None:
            return "Figures are shown without the number of people."
    return ""


def both_or_neither(output: Output, profile: DisclosureProfile) -> str:  # noqa: ARG001
    """Of a sub-group and the rest the same measures are shown."""
    told = {
        part: {(row["name"], bool(row["withheld"])) for row in output.rows if row["part"] == part}
        for part in ("inside", "rest")
    }
    if told["inside"] != told["rest"]:
        return "One part has a figure that the other has not."
    not_offered = output.rows[0]["status"] == "not_offered"
    return "It is not offered, but has figures." if not_offered and told["inside"] else ""


def losses_follow(output: Output, profile: DisclosureProfile) -> str:
    """What a step lost is the difference of the numbers of people as shown, and no small one is shown."""
    for before, after in pairwise(output.rows):
        lost, left = after["lost"], (before["remaining"], after["remaining"])
        if lost is None:
            continue
        if lost < profile.hide_below:
            return f"The loss at '{after['key']}' is {lost}, which is hidden below {profile.hide_below}."
        if None in left or lost != left[0] - left[1]:
            return f"The loss at '{after['key']}' is not the difference of the numbers shown."
    return ""


def percent_of_shown(output: Output, profile: DisclosureProfile) -> str:  # noqa: ARG001
    """Derived percentages come from the published counts."""
    whole = output.rows[0]["remaining"] if output.kind == "flow" else None
    for row in output.rows:
        if output.kind == "flow" and row["lost_percent"] != percent(row["lost"], whole):
            return f"The percentage at '{row['key']}' is not that of the published counts."
        if output.kind == "linkage" and row["submitted"] is None and row["found_percent"] is not None:
            return f"A percentage of a hidden number is shown for '{row['label']}'."
    return ""


def whole_percents(output: Output, profile: DisclosureProfile) -> str:  # noqa: ARG001
    """Percentages are whole and from 0 to 100; means of numbers have two figures."""
    of_groups = ("treatment", "comparison", "comparison_before", "comparison_after", "pool")
    names = ("found_percent", "matched", "lost", *of_groups)
    for row in output.rows:
        in_percent = row.get("percent", True)
        for name, value in _given([row], names):
            if in_percent and not (0 <= value <= 100 and is_multiple(value, 1)):
                return f"{name} is {value}: not a whole percentage."
            if not in_percent and abs(float(f"{value:.2g}") - value) > TINY * abs(value):
                return f"{name} is {value}: finer than two figures."
    return ""


def hidden_together(output: Output, profile: DisclosureProfile) -> str:  # noqa: ARG001
    """A hidden row has no figure, and among the levels of a covariate none is hidden alone."""
    shown = ("treatment", "comparison_before", "comparison_after", "smd_before", "smd_after")
    for covariate, rows in groupby(output.rows, key=lambda row: row["covariate"]):
        levels = list(rows)
        hidden = [row for row in levels if row["light"] == "hidden"]
        if any(_given(hidden, shown)):
            return f"'{covariate}' is hidden in part only."
        if len(levels) > 1 and len(hidden) == 1:
            return f"One level of '{covariate}' is hidden alone: the others give it away."
    return ""


def differences_coarse(output: Output, profile: DisclosureProfile) -> str:  # noqa: ARG001
    """Standardised differences have two decimals at most."""
    names = ("smd_before", "smd_after", "smd", "largest_smd_before", "largest_smd_after", "caliper")
    found = next((told for told in _given(output.rows, names) if not is_multiple(told[1], 0.01)), None)
    return f"{found[0]} is {found[1]}: finer than two decimals." if found else ""


def one_decimal(output: Output, profile: DisclosureProfile) -> str:  # noqa: ARG001
    """Strengths and rates of error have one decimal."""
    names = (
        "value",
        "coverage",
        "coverage_error",
        "false_positives",
        "false_positives_error",
        "power",
        "power_error",
    )
    found = next((told for told in _given(output.rows, names) if not is_multiple(told[1], 0.1)), None)
    return f"{found[0]} is {found[1]}: finer than one decimal." if found else ""


def never_falls(output: Output, profile: DisclosureProfile) -> str:  # noqa: ARG001
    """A cumulative percentage never falls."""
    for measure, rows in groupby(output.rows, key=lambda row: row["measure"]):
        for before, after in pairwise(rows):
            if any(after[group] < before[group] for group in ("treatment", "comparison")):
                return f"The curve of '{measure}' falls at day {after['day']}."
    return ""


def months_only(output: Output, profile: DisclosureProfile) -> str:  # noqa: ARG001
    """Dates are the first of a month."""
    days = [value for value in output.rows[0].values() if isinstance(value, date)]
    return "" if all(day.day == 1 for day in days) else "A day is given where only months may be."


def refusal_is_bare(output: Output, profile: DisclosureProfile) -> str:
    """A refusal is the profile's one sentence, without a figure; a result has no such sentence."""
    row = output.rows[0]
    if row["status"] == "released":
        return "It is a result, and says that there is none." if row["refusal"] else ""
    if row["refusal"] != profile.refusal:
        return "The refusal is not the one sentence of the profile."
    return "A refusal comes with figures." if row["figures"] else ""


def _given(rows: Iterable[Row] | Sequence[Row], names: Iterable[str]) -> list[tuple[str, float]]:
    """Figures that are there."""
    wanted = tuple(names)
    return [
        (name, row[name])
        for row in rows
        for name in wanted
        if isinstance(row.get(name), int | float) and math.isfinite(row[name])
    ]
