"""The lab's own error rate and the verdicts of checks, as they may be shown."""

import polars as pl
import pytest

from likeforlike.checks.check import Finding
from likeforlike.checks.result import Checks
from likeforlike.disclosure.measures import measure_row, measure_rows
from likeforlike.disclosure.trials import trial_rows
from likeforlike.disclosure.verdicts import check_rows
from likeforlike.labs import load_lab
from support.reports import example

LAB = load_lab("justice")
HEADLINE = tuple(m.name for m in LAB.outcomes.measure if m.headline)


def cell(**changes):
    usual = {
        "size": 200, "strength": 0.5, "term": "reoffended", "method": "primary", "replications": 400, "refused": 0,
        "coverage": 0.94625, "coverage_error": 0.01128, "false_positives": 0.0525, "false_positives_error": 0.01115,
        "effect": -0.05218, "power": 0.71333, "power_error": 0.0226,
    }  # fmt: skip
    return usual | changes


def trials(*cells, analysed=870, headline=HEADLINE):
    return trial_rows(pl.DataFrame(cells), LAB.outcomes, headline=headline, months=12, analysed=analysed)


def test_shares_become_percentages_to_one_decimal():
    (row,) = trials(cell())
    assert (row.coverage, row.coverage_error) == (94.6, 1.1)
    assert (row.false_positives, row.false_positives_error) == (5.2, 1.1)
    assert (row.effect, row.power, row.power_error) == (-5.2, 71.3, 2.3)
    assert row.label == "Proven reoffending rate within a year"


@pytest.mark.parametrize(
    ("analysed", "size"), [(30, 60), (130, 60), (140, 200), (600, 200), (610, 1000), (9000, 1000)]
)
def test_the_size_nearest_to_the_number_shown_is_taken(analysed, size):
    cells = [cell(size=s, strength=g) for s in (60, 200, 1000) for g in (1.0, 0.5)]
    found = trials(*cells, analysed=analysed)
    assert [(r.size, r.strength) for r in found] == [(size, "weak"), (size, "strong")]


def test_only_the_primary_estimate_of_headline_measures_that_count_everyone_is_shown():
    cells = [
        cell(),
        cell(method="t_test"),
        cell(term="days_to_first"),
        cell(term="first_summary"),
        cell(strength=1.0, replications=0, coverage=None),
    ]
    found = trials(*cells, headline=("reoffended", "days_to_first"))
    assert [(r.measure, r.strength) for r in found] == [("reoffended", "weak")]


def test_a_trial_without_an_effect_has_no_power_and_none_at_all_gives_nothing():
    (row,) = trials(cell(effect=None, power=None, power_error=None))
    assert (row.effect, row.power, row.power_error) == (None, None, None)
    assert trials(cell(method="t_test")) == ()


def found_by(*terms, check="e_value", verdict="holds", **figures):
    said = "1.234 times"
    return Checks.of(("How strong?", Finding(check, term, verdict, said, figures)) for term in terms)


def test_verdicts_come_without_figures_and_only_for_headline_measures_that_are_shown():
    measures = example("lower").measures
    hidden = measures[1].model_copy(update={"withheld": "Too few people to show this."})
    rows, rules = check_rows(
        found_by("reoffended", "reoffences", "days_to_first"), (measures[0], hidden, *measures[3:])
    )
    assert [(r.measure, r.title, r.verdict) for r in rows] == [("reoffended", "How strong?", "holds")]
    assert "1.234" not in rows[0].model_dump_json()
    assert [r.target for r in rules] == ["checks"]


@pytest.mark.parametrize(
    ("check", "kept", "shown"),
    [
        ("e_value", {"e_value": 2.3456, "e_value_limit": 1.4567}, ("e_value", 1.5)),
        ("rosenbaum", {"gamma": 1.3333}, ("gamma", 1.3)),
        ("mantel_haenszel", {"gamma": 1.2499}, ("gamma", 1.2)),
        ("omitted_variable", {"robustness_value_interval": 0.04321}, ("robustness_value", 4.0)),
        ("leave_one_out", {"lowest": 0.04321}, ("", None)),
        ("e_value", {"e_value_limit": float("nan")}, ("", None)),
    ],
)
def test_how_strong_something_unseen_would_have_to_be(check, kept, shown):
    measures = example("lower").measures
    ((row,), _) = check_rows(found_by("reoffended", check=check, **kept), measures)
    assert (row.figure, row.value) == shown
    ((row,), _) = check_rows(found_by("reoffended", check=check, verdict="not_applicable", **kept), measures)
    assert (row.figure, row.value) == ("", None)


def test_where_there_is_no_verdict_there_is_no_rule():
    assert check_rows(found_by("days_to_first"), example("lower").measures) == ((), ())


def estimate(**changes):
    usual = {
        "n": 1043, "n_comparison": 20_417, "mean_treated": 0.2837, "mean_comparison": 0.3402, "estimate": -0.0565,
        "conf_low": -0.0841, "conf_high": -0.0289, "p_value": 0.0113, "events_treated": 296,
        "events_comparison": 1_020.0, "largest_share": 0.01,
        "effective_comparison": 3_000.0, "people_treated": 1043, "people_comparison": 3_000.0, "number_needed": 310.4,
    }  # fmt: skip
    return usual | changes


@pytest.mark.parametrize(
    ("given", "shown"),
    [({}, None), ({"p_adjusted": None}, None), ({"p_adjusted": float("nan")}, None),
     ({"p_adjusted": 0.0339}, 0.033), ({"p_adjusted": 0.0601}, 0.061), ({"p_adjusted": 1.0}, 1.0)],
)  # fmt: skip
def test_a_corrected_p_value_is_rounded_as_the_other(given, shown):
    row, _ = measure_row(LAB.outcomes.get("reoffended"), estimate(**given), LAB.disclosure, headline=True)
    assert row.p_adjusted == shown


@pytest.mark.parametrize(("events", "adjusted"), [(296, [0.033, 0.033]), (9, [None, None])])
def test_a_corrected_p_value_never_tells_of_a_measure_that_is_withheld(events, adjusted):
    rows = [
        {"term": "reoffended"} | estimate(p_adjusted=0.0339),
        {"term": "reoffences"} | estimate(p_adjusted=0.0339, events_treated=events),
        {"term": "days_to_first"} | estimate(n=20, p_adjusted=None),
    ]
    found = measure_rows(LAB.outcomes, rows, LAB.disclosure, headline=HEADLINE, months=12)
    assert [row.p_adjusted for row, _ in found[:2]] == adjusted
