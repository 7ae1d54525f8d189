"""The employment lab's queries as truth tables: one small life a row."""

from datetime import date, timedelta

import polars as pl
import pytest

from likeforlike.labs import load_lab
from support.employment_world import INDEX, Life, chosen

LAB = load_lab("employment")
END = (date(2023, 6, 1) - INDEX).days
YEAR_END = (date(2022, 6, 1) - INDEX).days


def outcomes(life, months=24):
    (found,) = life.engine().query(LAB.sql.outcomes, {"months": months}, chosen=chosen()).to_dicts()
    return found


def covariates(life):
    event = chosen().with_columns(age_at_index=pl.lit(26.4), month=pl.lit(6))
    (found,) = life.engine().query(LAB.sql.covariates, chosen=chosen(), chosen_event=event).to_dicts()
    return found


@pytest.mark.parametrize(
    ("life", "expected"),
    [
        (Life(), {"employed": False, "neet": True, "weeks_in_work": 0, "worked": False, "earned_nothing": True}),
        (Life().job(10, None), {"employed": True, "neet": False, "employed_year": True, "neet_year": False}),
        (Life().job(10, END), {"employed": True}),
        (Life().job(10, END - 1), {"employed": False, "neet": True}),
        (Life().job(END, None), {"employed": True, "worked": False, "weeks_in_work": 0}),
        (Life().job(END + 1, None), {"employed": False}),
        (Life().job(0, 69), {"weeks_in_work": 10, "weeks_first_year": 10, "worked_first_year": True}),
        (Life().job(-100, 6).job(3, 13), {"weeks_in_work": 2}),
        (Life().job(0, 20).job(5, 10), {"weeks_in_work": 3}),
        (
            Life().job(YEAR_END - 7, YEAR_END + 6),
            {"weeks_in_work": 2, "weeks_first_year": 1, "employed_year": True, "employed": False},
        ),
        (Life().claim(5, None), {"out_of_work_benefit": True, "inactivity_benefit": False, "neet": True}),
        (
            Life().claim(5, None, "carer's allowance"),
            {"out_of_work_benefit": False, "inactivity_benefit": True, "inactivity_benefit_year": True},
        ),
        (Life().course(5, None), {"learning": True, "neet": False, "passed_course": False}),
        (Life().course(5, 300, passed=True), {"learning": False, "passed_course": True}),
        (Life().course(-50, 0, passed=True), {"passed_course": False}),
        (Life().course(5, END + 1, passed=True), {"learning": True, "passed_course": False}),
        (Life().job(-10, None, pay=100), {"earned_below_10000": True, "earned_nothing": False}),
        (Life().job(-10, None, pay=200), {"earned_10000_to_20000": True, "earned_below_10000": False}),
        (Life().job(-10, None, pay=500), {"earned_20000": True}),
        (Life().job(-10, 300, pay=500), {"earned_nothing": True, "worked": True}),
    ],
)  # fmt: skip
def test_what_happened_afterwards(life, expected):
    found = outcomes(life)
    assert {name: found[name] for name in expected} == pytest.approx(expected)


def test_a_shorter_follow_up_ends_earlier():
    life = Life().job(YEAR_END + 10, None)
    assert outcomes(life)["employed"] is True
    assert outcomes(life, months=12)["employed"] is False


def test_bands_of_pay_hold_everybody_once():
    for pay in (0, 1, 191, 192, 383, 384, 2_000):
        found = outcomes(Life().job(-10, None, pay=pay))
        assert sum(found[m.column] for m in LAB.outcomes.measure if m.whole == "pay") == 1


NOTHING = {
    "status": "neither",
    "months_in_status": 24,
    "weeks_in_work_before": 0,
    "weeks_searching": 0,
    "weeks_inactive": 0,
    "weeks_learning": 0,
    "jobs_begun": 0,
    "claims_begun": 0,
    "pay_before": 0,
    "sex": "female",
    "ethnicity": "asian",
    "disabled": False,
    "region": "Wales",
    "index_quarter": "2021 Q2",
}


@pytest.mark.parametrize(
    ("life", "expected"),
    [
        (Life(), {}),
        (
            Life().claim(-70, None),
            {"status": "searching", "weeks_searching": 10, "claims_begun": 1, "months_in_status": 70 / 30.4375},
        ),
        (
            Life().claim(-70, -1, "income support"),
            {"weeks_inactive": 10, "claims_begun": 1, "months_in_status": 0},
        ),
        (
            Life().job(-14, None, pay=700).claim(-70, None),
            {
                "status": "work", "weeks_in_work_before": 2, "jobs_begun": 1, "pay_before": 1.4, "weeks_searching": 10,
                "claims_begun": 1, "months_in_status": 14 / 30.4375,
            },
        ),
        (
            Life().job(-2_000, -1_000).course(-28, -8).course(-21, None),
            {"status": "learning", "weeks_learning": 4, "months_in_status": 21 / 30.4375},
        ),
        (
            Life().job(-2_000, None, pay=70),
            {"status": "work", "weeks_in_work_before": 731 / 7, "months_in_status": 24, "pay_before": 3.65},
        ),
    ],
)  # fmt: skip
def test_what_was_known_before(life, expected):
    found = covariates(life)
    wanted = NOTHING | expected
    assert {name: found[name] for name in wanted} == pytest.approx(wanted, abs=0.01)


def test_covariates_are_those_declared():
    assert set(covariates(Life())) == {"event_id", *(c.name for c in LAB.covariates.covariate)}


def test_nothing_after_the_index_date_is_known():
    """Later spells, and the days on which earlier ones end later, change nothing."""
    known = covariates(Life().job(-40, None).claim(-300, -100))
    later = Life().job(-40, 5).claim(-300, -100).claim(0, None).job(1, 9, pay=9_999).course(3, 8, passed=True)
    assert covariates(later) == known


@pytest.mark.parametrize(("begun", "dropped"), [(-1, False), (0, False), (1, True), (9, True), (10, False)])
def test_a_job_between_index_date_and_start_leaves_the_person_out(begun, dropped):
    started = chosen().with_columns(start_date=INDEX + timedelta(10))
    found = Life().job(begun, None).engine().query(LAB.sql.before_start, started=started)
    assert found.height == dropped


def test_events_are_the_first_days_of_months():
    found = Life().claim(-40, None).claim(50, None).engine().query(LAB.sql.events)
    assert found["index_date"].to_list() == [
        date(2021, 4, 1),
        date(2021, 5, 1),
        date(2021, 6, 1),
        date(2021, 7, 1),
    ]
    assert found["event_id"][2] == "a-20210601"
    assert found["age_at_index"][2] == pytest.approx(26.4, abs=0.05)


def test_negative_controls_look_back_thirty_months():
    day = (date(2018, 12, 1) - INDEX).days
    life = Life().job(day, day).claim(day + 1, None)
    (found,) = life.engine().query(LAB.sql.negative_controls, chosen=chosen()).to_dicts()
    assert found == {"event_id": "e", "employed": True, "claimed": False}
