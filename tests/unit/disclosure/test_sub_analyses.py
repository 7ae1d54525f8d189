"""A sub-group is shown beside the rest or not at all, and so is each of its measures."""

import math

import polars as pl
import pytest

from likeforlike.disclosure.sub_analyses import NOT_OFFERED, sub_analyses
from likeforlike.labs import load_lab

LAB = load_lab("justice")
TERMS = ("reoffended", "reoffences")


def row(**changes):
    usual = {
        "n": 400, "n_comparison": 20_417, "mean_treated": 0.2837, "mean_comparison": 0.3402, "estimate": -0.0565,
        "conf_low": -0.0841, "conf_high": -0.0289, "p_value": 0.0113, "events_treated": 120, "p_adjusted": 0.0226,
        "events_comparison": 1_020.0, "largest_share": 0.01, "participants": 410, "analysed": 400,
        "effective_comparison": 3_000.0, "people_treated": 400, "people_comparison": 3_000.0, "number_needed": 310.4,
        "status": "estimated", "kind": "people", "label": "Women", "sub_group": "women",
    }  # fmt: skip
    return usual | changes


def frame(changes=None, **everywhere):
    """Both parts and two measures; `changes` by part and measure."""
    rows = [
        row(**everywhere) | {"part": part, "term": term} | (changes or {}).get((part, term), {})
        for part in ("inside", "rest")
        for term in TERMS
    ]
    return pl.DataFrame(rows)


def protect(table, *, participants=820, withheld=()):
    return sub_analyses(
        table, LAB.outcomes, LAB.disclosure, participants=participants, months=12, withheld=withheld
    )


def shown(told):
    return [[r.name for r in part if not r.withheld] for part in (told.inside, told.rest)]


def test_both_parts_are_shown_by_the_rules_of_every_measure():
    ((told, rule),) = protect(frame())
    assert (told.status, told.label, shown(told)) == ("shown", "Women", [list(TERMS)] * 2)
    assert (told.inside[0].n_treatment, told.inside[0].difference) == (400, -6)
    assert (told.inside[0].p_value, told.inside[0].p_adjusted) == (0.011, 0.022)
    assert rule.target == "Sub-group: Women"


@pytest.mark.parametrize("part", ["inside", "rest"])
@pytest.mark.parametrize(
    "change", [{"events_treated": 9}, {"p_value": math.nan}, {"effective_comparison": 20.0}]
)
def test_what_is_withheld_of_one_part_is_withheld_of_the_other(part, change):
    ((told, _),) = protect(frame({(part, "reoffended"): change}))
    assert shown(told) == [["reoffences"]] * 2
    assert all(r.p_adjusted is None for r in (*told.inside, *told.rest))


def test_what_is_withheld_of_the_whole_is_withheld_of_both_parts():
    ((told, _),) = protect(frame(), withheld=["reoffences", "days_to_first"])
    assert shown(told) == [["reoffended"]] * 2


@pytest.mark.parametrize(
    "everywhere",
    [
        {"status": "too_few"},
        {"status": "no_match"},
        {"participants": 29},
        {"analysed": 29},
    ],
)
def test_a_part_with_too_few_people_is_not_offered(everywhere):
    ((told, rule),) = protect(frame(**everywhere), participants=2 * everywhere.get("participants", 410))
    assert (told.status, told.inside, told.rest) == ("not_offered", (), ())
    assert rule.reason == NOT_OFFERED


def test_one_part_without_a_match_is_enough_not_to_offer_either():
    ((told, _),) = protect(frame({("rest", "reoffences"): {"status": "no_match"}}))
    assert told.status == "not_offered"


def test_a_sub_group_that_was_never_estimated_has_no_figures_at_all():
    head = {"sub_group": "women", "label": "Women", "kind": "people", "status": "too_few", "participants": 12}
    table = pl.DataFrame([head | {"part": p, "term": t} for p in ("inside", "rest") for t in TERMS])
    ((told, _),) = protect(table)
    assert told.status == "not_offered"


@pytest.mark.parametrize(
    ("neither", "status"), [(0, "shown"), (1, "not_offered"), (9, "not_offered"), (10, "shown")]
)
def test_a_few_people_who_are_in_neither_part_cannot_be_worked_out(neither, status):
    ((told, _),) = protect(frame(), participants=820 + neither)
    assert told.status == status


def test_one_withheld_figure_takes_the_corrected_p_values_of_every_sub_group():
    other = frame().with_columns(sub_group=pl.lit("young"), label=pl.lit("Under 25"))
    found = protect(pl.concat([frame({("inside", "reoffended"): {"events_treated": 9}}), other]))
    assert [told.name for told, _ in found] == ["women", "young"]
    assert all(r.p_adjusted is None for told, _ in found for r in (*told.inside, *told.rest))
    assert shown(found[1][0]) == [list(TERMS)] * 2


def test_completers_are_marked():
    ((told, _),) = protect(frame(kind="completers"))
    assert told.kind == "completers"
