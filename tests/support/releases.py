"""Example releases for tests: made-up figures that have already met the disclosure rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from likeforlike.disclosure.release import (
    RULED,
    BalanceRow,
    FlowRow,
    LinkageQuality,
    MatchQuality,
    Programme,
    Provenance,
    Release,
    RuleRecord,
    SubAnalysis,
    sub_group_target,
)
from likeforlike.hashes import sha256_of
from likeforlike.labs.definition import Lab, Measure
from support.release_additions import check_rows, sub_analysis, trial_rows
from support.release_figures import HIGHER, LOWER, OPEN, Figures, figures_of, measure_row

DESCRIPTION = """Bridge Street helps people leaving custody to find a home and a job.
A mentor meets each person at the gate & stays in touch for six months.

Most people see their mentor once a week <at first>."""

FLOW = (
    ("submitted", "People on the list", 1200, None),
    ("duplicates", "On the list more than once", 1190, None),
    ("not_found", "Not found in the records", 1080, 110),
    ("no_event", "No release, order or caution in the records that fits the dates given", 960, 120),
    ("too_recent", "Less than 18 months between the index date and the end of the records", 900, 60),
    ("before_start", "Reoffended before the programme began", 880, 20),
    ("no_comparator", "Nobody in the records was alike enough", 870, 10),
)


def lower_release(lab: Lab) -> Release:
    """A programme after which fewer people have the outcome."""
    return _release(lab, LOWER)


def higher_release(lab: Lab) -> Release:
    """A programme after which more people have the outcome; one interval is rounded to zero."""
    return _release(lab, HIGHER)


def open_release(lab: Lab) -> Release:
    """An inconclusive result with hidden rows and withheld measures."""
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


def full_release(lab: Lab) -> Release:
    """A result with everything that a plan may add, and a plan that was changed after outcomes were opened."""
    base = _release(lab, LOWER)
    adjusted = {"reoffended": 0.0, "reoffences": 0.002, "offence_free_days": 0.002}
    assert base.match is not None
    return base.model_copy(
        update={
            "measures": tuple(
                m.model_copy(update={"p_adjusted": adjusted.get(m.name)}) for m in base.measures
            ),
            "match": base.match.model_copy(update={"method": "kernel", "penalised": True, "place": "Prison"}),
            "provenance": base.provenance.model_copy(update={"plan_version": 2}),
            "margin": 12.0,
            "rules": (
                *base.rules,
                *(_sub_group_rule(label) for label in ("Women", "Those who stayed to the end", "York")),
            ),
            "sub_analyses": (
                sub_analysis(lab, "women", "Women"),
                sub_analysis(lab, "stayed", "Those who stayed to the end", kind="completers"),
                SubAnalysis(name="york", label="York", kind="people", status="not_offered"),
            ),
            "checks": check_rows(lab),
            "trials": trial_rows(lab),
        }
    )


def alike_release(lab: Lab) -> Release:
    """Two arms drawn by lot that hardly differ, by a margin that was set before."""
    figures = OPEN | figures_of(("reoffended", 36, 36, 0, -2, 1, 0.71, 9000))
    base = _release(lab, figures)
    assert base.match is not None
    by_lot = {"method": "trial", "caliper": None, "largest_smd_before": 0.07}
    return base.model_copy(
        update={
            "margin": 3.0,
            "rules": (*base.rules, _sub_group_rule("Women")),
            "sub_analyses": (sub_analysis(lab, "women", "Women", hidden=True),),
            "match": base.match.model_copy(update=by_lot),
            "flow": base.flow[:-1],
            "balance": tuple(
                b.model_copy(update={"smd_before": b.smd_after, "comparison_before": b.comparison_after})
                for b in base.balance
            ),
        }
    )


def refused_release(lab: Lab) -> Release:
    """A refusal: one sentence, and nothing that depends on linkage."""
    rules = (RuleRecord(rule="Smallest group", target="request", action="refused", reason="Too few people."),)
    return Release(status="refused", refusal=lab.disclosure.refusal, rules=rules, **_head(lab))


def _sub_group_rule(label: str) -> RuleRecord:
    return RuleRecord(
        rule="Sub-group", target=sub_group_target(label), action="rounded", reason="Both parts are large."
    )


def _rules(measures: tuple[Measure, ...]) -> tuple[RuleRecord, ...]:
    hidden = RuleRecord(
        rule="Counts from 1 to 9 are hidden",
        target="flow",
        action="1 count hidden",
        reason="A small count could be one person.",
    )
    targets = (
        "request",
        *(part for part in RULED if part != "flow"),
        *(m.statistical_label for m in measures),
    )
    rounded = (
        RuleRecord(
            rule="Numbers of people to the nearest 10",
            target=target,
            action="rounded",
            reason="An exact count could be worked back.",
        )
        for target in targets
    )
    return hidden, *rounded


def balance(hidden: bool = False) -> tuple[BalanceRow, ...]:
    """A balance table with numbers, flags, levels, and hidden levels if asked for."""
    rows = [
        ("sex", "Sex", "Demographics", "Men", True, 91, 82, 91, 0.26, 0.01),
        ("sex", "Sex", "Demographics", "Women", True, 9, 18, 9, -0.26, -0.01),
        ("age", "Age at the index date", "Demographics", "", False, 33.0, 36.0, 34.0, -0.29, -0.03),
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
    nothing = (None, None, None, None, None)
    missing = (
        _balance_row("region", "Region", "Place and time", name, True, *nothing)
        for name in ("North", "Wales")
    )
    return (*shown, *missing)


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
        "disclosure": lab.disclosure,
        "provenance": Provenance(
            study_sha256="5b" * 32,
            plan_sha256="c1" * 32,
            lab=lab.name,
            lab_version=lab.head.version,
            lab_sha256="7e" * 32,
            register_sha256="90" * 32,
            vintage=date(2024, 6, 30),
            disclosure_profile=f"{lab.disclosure.profile} {lab.disclosure.version}",
            disclosure_sha256=sha256_of(lab.disclosure.model_dump(mode="json")),
            seed=20240630,
            software={"likeforlike": "0.1.0", "python": "3.11.7", "splink": "5.0.0"},
        ),
    }


def _release(lab: Lab, figures: Figures) -> Release:
    declared = lab.outcomes.over(lab.head.follow_up.months)
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
        measures=tuple(measure_row(m, **figures[m.name]) for m in declared.measure),
        rules=_rules(declared.measure),
        **_head(lab),
    )


EXAMPLES = {
    "lower": lower_release,
    "higher": higher_release,
    "open": open_release,
    "too_few": too_few_release,
    "full": full_release,
    "alike": alike_release,
    "refused": refused_release,
}
RESULTS = tuple(name for name in EXAMPLES if name != "refused")
