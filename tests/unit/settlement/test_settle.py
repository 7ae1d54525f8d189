"""What settles a contract where rounding decides, and what it may leave possible."""

import pytest

from likeforlike.errors import InputProblem
from likeforlike.evidence.payment.contract import Contract
from likeforlike.settlement.settle import measure_of, settle, settled, verdict
from support.reports import example

MATCHED = {"kind": "matched"}


def contract(threshold, *, metric="binary", **pay):
    return Contract.model_validate(
        {
            "name": "Ours",
            "source": "A test",
            "measure": {"metric": metric, "scale": "points"},
            "baseline": MATCHED,
            "rule": {"threshold": threshold},
            "pay": pay or {"amount": 1000},
        }
    )


def exact(events, people, comparison=0.5):
    return {"events_treated": events, "mean_comparison": comparison, "std_error": 0.02, "n": people}


def test_a_verdict_leaves_the_numbers_that_agree_with_it():
    """400 people, 50% against: 20 fewer with the outcome are 5 points."""
    known = (176, 184)
    assert verdict(contract(5), exact(180, 400), known, 400) is not None
    told = verdict(contract(5), exact(180, 400), known, 400)
    assert (told.met, told.low, told.high) == (True, 176, 180)
    told = verdict(contract(5), exact(181, 400), known, 400)
    assert (told.met, told.low, told.high) == (False, 181, 184)


@pytest.mark.parametrize("events", range(176, 185))
@pytest.mark.parametrize("threshold", [4.0, 4.25, 5.0, 5.5, 6.0])
def test_no_verdict_tells_the_number(events, threshold):
    told = verdict(contract(threshold), exact(events, 400), (176, 184), 400)
    assert told is None or told.low < told.high


def test_by_brute_force_it_says_no_more_than_its_range():
    """Of all numbers that were possible, exactly those of the range would have had the same answer."""
    for threshold in (4.3, 5.0, 5.7):
        answers = {n: verdict(contract(threshold), exact(n, 400), (170, 190), 400) for n in range(170, 191)}
        for told in filter(None, answers.values()):
            same = [n for n, other in answers.items() if other == told]
            assert same == list(range(told.low, told.high + 1))


def test_where_released_figures_settle_it_nothing_else_is_asked():
    release = example("lower")
    row = measure_of(contract(1), release)
    apart = row.comparison - row.treatment
    sure, _ = settle(contract(apart - 3), release)
    assert (sure.rule, sure.by, sure.amount) == ("met", "released", 1000)
    never, _ = settle(contract(apart + 3), release)
    assert (never.rule, never.by, never.amount) == ("not_met", "released", 0)
    left, cohort = settle(contract(apart), release)
    assert (left.rule, left.by) == ("open", "nothing")
    assert (left.least, left.most) == (0, 1000)
    assert settled(contract(apart), release, cohort, "not_met", "unrounded").most == 0


def test_a_sum_for_each_person_is_of_released_figures_whatever_settled_the_rule():
    release = example("lower")
    row = measure_of(contract(1), release)
    terms = contract(row.comparison - row.treatment, price=500)
    _, cohort = settle(terms, release)
    told = settled(terms, release, cohort, "met", "unrounded")
    assert told.amount == round(500 * (row.comparison - row.treatment) * row.n_treatment / 100, 2)
    assert told.least < told.amount < told.most


def test_only_rates_are_settled_in_the_vault():
    assert measure_of(contract(1, metric="frequency"), example("lower")) is None
    with_hurdle = contract(1).model_copy(
        update={"rule": contract(1).rule.model_copy(update={"hurdle": "frequency"})}
    )
    assert measure_of(with_hurdle, example("lower")) is None


def test_contracts_for_several_cohorts_are_not_settled_one_by_one():
    pooled = contract(1).model_copy(
        update={"rule": contract(1).rule.model_copy(update={"pooled_threshold": 2.0})}
    )
    with pytest.raises(InputProblem, match="does not pay for one cohort by itself"):
        settle(pooled, example("lower"))
