"""Example releases for tests: made-up figures that have already met the disclosure rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from likeforlike.disclosure.release import (
    BalanceRow,
    FlowRow,
    LinkageQuality,
    MatchQuality,
    MeasureRow,
    Programme,
    Provenance,
    Release,
    RuleRecord,
)
from likeforlike.labs.definition import Lab, Measure

DESCRIPTION = """Bridge Street helps people leaving custody to find a home and a job.
A mentor meets each person at the gate & stays in touch for six months.

Most people see their mentor once a week <at first>."""

FLOW = (
    ("submitted", "People on the list", 1200, None),
    ("duplicates", "On the list more than once", 1190, None),
    ("not_found", "Not found in the records", 1080, 110),
    ("no_event", "No release, order or caution in the records that fits the dates given", 960, 120),
    ("too_recent", "Less than 18 months between the index date and the end of the records", 910, 60),
    ("before_start", "Reoffended before the programme began", 880, 30),
    ("no_comparator", "Nobody in the records was alike enough", 870, 10),
)

LOWER: dict[str, dict[str, Any]] = {
    "reoffended": {
        "treatment": 31,
        "comparison": 38,
        "difference": -8,
        "conf_low": -11,
        "conf_high": -4,
        "p": 0.0,
    },
    "reoffences": {
        "treatment": 1.05,
        "comparison": 1.37,
        "difference": -0.32,
        "conf_low": -0.48,
        "conf_high": -0.15,
        "p": 0.001,
    },
    "days_to_first": {
        "treatment": 138,
        "comparison": 131,
        "difference": 7,
        "conf_low": -5,
        "conf_high": 19,
        "p": 0.26,
        "number_needed": 2600,
    },
}
HIGHER: dict[str, dict[str, Any]] = {
    "reoffended": {
        "treatment": 44,
        "comparison": 38,
        "difference": 6,
        "conf_low": 1,
        "conf_high": 11,
        "p": 0.021,
    },
    "reoffences": {
        "treatment": 1.61,
        "comparison": 1.37,
        "difference": 0.24,
        "conf_low": 0.0,
        "conf_high": 0.47,
        "p": 0.049,
    },
    "days_to_first": {
        "treatment": 112,
        "comparison": 131,
        "difference": -19,
        "conf_low": -30,
        "conf_high": -8,
        "p": 0.001,
    },
}
OPEN: dict[str, dict[str, Any]] = {
    "reoffended": {
        "treatment": 35,
        "comparison": 37,
        "difference": -2,
        "conf_low": -9,
        "conf_high": 6,
        "p": 0.61,
        "number_needed": 1900,
    },
    "reoffences": {
        "treatment": 1.31,
        "comparison": 1.37,
        "difference": -0.06,
        "conf_low": -0.33,
        "conf_high": 0.21,
        "p": 0.66,
        "number_needed": 14000,
    },
    "days_to_first": {"withheld": "Fewer than 30 people counted."},
}


def lower_release(lab: Lab) -> Release:
    """A programme after which fewer people have the outcome."""
    return _release(lab, LOWER)


def higher_release(lab: Lab) -> Release:
    """A programme after which more people have the outcome; one interval is rounded to zero."""
    return _release(lab, HIGHER)


def open_release(lab: Lab) -> Release:
    """An inconclusive result with hidden rows and a withheld measure."""
    base = _release(lab, OPEN)
    match = MatchQuality(
        treated=150,
        comparison=21480,
        effective_comparison=11900,
        caliper=0.1,
        largest_smd_before=0.61,
        largest_smd_after=0.13,
        light="red",
    )
    flow = (
        *base.flow[:-1],
        FlowRow(key="no_comparator", reason=FLOW[-1][1], remaining=870, lost=None, lost_percent=None),
    )
    return base.model_copy(
        update={
            "match": match,
            "flow": flow,
            "noun_singular": "woman",
            "noun_plural": "women",
            "balance": balance(True),
        }
    )


def too_few_release(lab: Lab) -> Release:
    """An interval that excludes zero with too few events behind it."""
    figures = LOWER | {"reoffended": LOWER["reoffended"] | {"significant": False, "p": 0.01}}
    return _release(lab, figures)


def refused_release(lab: Lab) -> Release:
    """A refusal: one sentence, and nothing that depends on linkage."""
    return Release(status="refused", refusal=lab.disclosure.refusal, rules=(), **_head(lab))


def measure_row(measure: Measure, **figures: Any) -> MeasureRow:
    """A measure's row; direction and significance follow from the interval and p unless given."""
    low, high, p = figures.get("conf_low"), figures.get("conf_high"), figures.pop("p", None)
    one_side = low is not None and high is not None and (low >= 0 or high <= 0)
    significant = bool(figures.pop("significant", one_side and p is not None and p <= 0.05))
    side = "undetermined" if not significant else "lower" if high <= 0 else "higher"
    empty = dict.fromkeys(("treatment", "comparison", "difference", "conf_low", "conf_high", "number_needed"))
    shared = {
        name: getattr(measure, name)
        for name in (
            "name",
            "label",
            "statistical_label",
            "kind",
            "unit",
            "decimals",
            "headline",
            "descriptive",
            "better",
        )
    }
    counts = {"n_treatment": 870, "n_comparison": 48210}
    direction = figures.pop("direction", side)
    return MeasureRow(
        **(shared | empty | counts | figures), p_value=p, significant=significant, direction=direction
    )


def balance(hidden: bool = False) -> tuple[BalanceRow, ...]:
    """A balance table with numbers, flags, levels, and hidden levels if asked for."""
    rows = [
        ("sex", "Sex", "Demographics", "Men", True, 91, 82, 91, 0.26, 0.01),
        ("sex", "Sex", "Demographics", "Women", True, 9, 18, 9, -0.26, -0.01),
        ("age", "Age at the index date", "Demographics", "", False, 33.2, 36.4, 33.5, -0.29, -0.03),
        ("custody", "Previous custodial sentences", "Criminal history", "", False, 4.1, 2.2, 3.9, 0.61, 0.07),
        ("orders", "Previous court orders", "Criminal history", "", False, 3.2, 2.8, 3.2, 0.12, 0.0),
        ("none", "No previous cautions or convictions", "Criminal history", "", True, 6, 17, 6, -0.34, -0.02),
        (
            "kind",
            "Kind of sentence",
            "Index offence",
            "Custody under 12 months",
            True,
            61,
            22,
            60,
            0.55,
            0.02,
        ),
        ("kind", "Kind of sentence", "Index offence", "Court order", True, 39, 78, 40, -0.55, -0.02),
        ("region", "Region", "Place and time", "London", True, 24, 15, 26, 0.23, -0.13 if hidden else -0.04),
    ]
    shown = [_balance_row(*row) for row in rows]
    if not hidden:
        return tuple(shown)
    missing = _balance_row("region", "Region", "Place and time", "Wales", True, None, None, None, None, None)
    return (*shown, missing)


def _balance_row(
    covariate: str, label: str, group: str, level: str, percent: bool, *figures: Any
) -> BalanceRow:
    treatment, before, after, smd_before, smd_after = figures
    size = None if smd_after is None else abs(smd_after)
    light = "hidden" if size is None else "green" if size <= 0.05 else "amber" if size <= 0.1 else "red"
    return BalanceRow(
        covariate=covariate,
        label=label,
        group=group,
        level=level,
        percent=percent,
        treatment=treatment,
        comparison_before=before,
        comparison_after=after,
        smd_before=smd_before,
        smd_after=smd_after,
        light=light,
    )


def _head(lab: Lab) -> dict[str, Any]:
    follow_up = lab.head.follow_up
    return {
        "lab_title": lab.head.title,
        "department": lab.head.department,
        "noun_singular": lab.head.noun.singular,
        "noun_plural": lab.head.noun.plural,
        "follow_up_months": follow_up.months,
        "settle_months": follow_up.settle_months,
        "programme": Programme(name="Through the gate", provider="Bridge Street", description=DESCRIPTION),
        "provenance": Provenance(
            study_sha256="5b" * 32,
            plan_sha256="c1" * 32,
            lab=lab.name,
            lab_version=lab.head.version,
            lab_sha256="7e" * 32,
            register_sha256="90" * 32,
            vintage=date(2024, 6, 30),
            disclosure_profile=f"{lab.disclosure.profile} {lab.disclosure.version}",
            disclosure_sha256="3d" * 32,
            seed=20240630,
            software={"likeforlike": "0.1.0", "python": "3.11.7", "splink": "5.0.0"},
        ),
    }


def _release(lab: Lab, figures: dict[str, dict[str, Any]]) -> Release:
    flow = tuple(
        FlowRow(
            key=k,
            reason=reason,
            remaining=left,
            lost=lost,
            lost_percent=None if lost is None else round(lost / 12),
        )
        for k, reason, left, lost in FLOW
    )
    return Release(
        status="released",
        index_from=date(2020, 2, 1),
        index_to=date(2022, 11, 1),
        flow=flow,
        linkage=(
            LinkageQuality(label="Everyone", submitted=1190, found_percent=91),
            LinkageQuality(label="Gender: Female", submitted=110, found_percent=88),
            LinkageQuality(label="Gender: Not known", submitted=None, found_percent=None),
        ),
        match=MatchQuality(
            treated=870,
            comparison=48210,
            effective_comparison=21350,
            caliper=0.1,
            largest_smd_before=0.61,
            largest_smd_after=0.07,
            light="amber",
        ),
        balance=balance(),
        measures=tuple(measure_row(m, **figures[m.name]) for m in lab.outcomes.measure if m.name in figures),
        rules=(
            RuleRecord(
                rule="Counts from 1 to 9 are hidden",
                target="flow",
                action="1 count hidden",
                reason="A small count could be one person.",
            ),
            RuleRecord(
                rule="Numbers of people to the nearest 10",
                target="everything",
                action="rounded",
                reason="An exact count could be worked back.",
            ),
        ),
        **_head(lab),
    )


EXAMPLES = {
    "lower": lower_release,
    "higher": higher_release,
    "open": open_release,
    "too_few": too_few_release,
    "refused": refused_release,
}
RESULTS = tuple(name for name in EXAMPLES if name != "refused")
