"""The study at other thresholds of linkage: made again only where the links differ."""

from dataclasses import replace

import polars as pl
import pytest

from likeforlike import sensitivity
from likeforlike.errors import Refused
from likeforlike.estimates import Estimates
from likeforlike.labs import load_lab
from likeforlike.linkage import link
from likeforlike.plan import Plan
from likeforlike.sensitivity import threshold_sensitivity
from support.links import candidate, candidates_of, linked_list, listed_people

LAB = load_lab("justice")
CANDIDATES = candidates_of(
    candidate(0, "A", 20, 0.9999),
    candidate(1, "B", 8, 0.95),
    candidate(2, "C", 4, 0.92),
    candidate(3, "D", 2, 0.7),
)
COLUMNS = ["threshold", "linked", "term", "estimate", "conf_low", "conf_high", "p_value", "n"]


def estimates(plan: Plan, value: float) -> Estimates:
    rows = [
        {
            "term": name,
            "estimate": value,
            "std_error": 0.01,
            "conf_low": value - 0.02,
            "conf_high": value + 0.02,
            "p_value": 0.04,
            "n": 40,
        }
        for name in plan.measures
    ]
    return Estimates(LAB, pl.DataFrame(rows))


def plan_with(*thresholds: float) -> Plan:
    return Plan.of_lab(LAB).model_copy(update={"thresholds": thresholds})


@pytest.fixture
def studies(monkeypatch) -> list[int]:
    """Stands in for the later stages and keeps how many were linked in each study that is made."""
    made: list[int] = []

    def follow(links, register, *, seed, trial=None):
        made.append(links.frame.height)
        if links.frame.height < 2:
            raise Refused("Too few people.")

    monkeypatch.setattr(sensitivity, "follow_up", follow)
    monkeypatch.setattr(sensitivity, "match", lambda sample, plan: None)
    monkeypatch.setattr(sensitivity, "open_outcomes", lambda matched, register: None)
    monkeypatch.setattr(
        sensitivity,
        "estimate_effects",
        lambda matched, outcomes, measures: estimates(plan_with(), -made[-1] / 100),
    )
    return made


def shown(*thresholds: float):
    links, engine = linked_list(listed_people(*[{}] * 5), CANDIDATES)
    plan = plan_with(*thresholds)
    return threshold_sensitivity(links, engine, plan, estimates(plan, -0.03)), plan


def by_threshold(found) -> dict[float, tuple[int, float | None]]:
    first = found.frame.unique("threshold", keep="first", maintain_order=True)
    return {row["threshold"]: (row["linked"], row["estimate"]) for row in first.to_dicts()}


def test_a_row_for_each_threshold_and_measure(studies):
    found, plan = shown(0.5, 0.99)
    assert found.frame.columns == COLUMNS
    assert found.frame["threshold"].is_sorted()
    pairs = found.frame.select("threshold", "term")
    assert pairs.is_unique().all()
    assert pairs.height == 3 * len(plan.measures)


def test_the_same_links_are_not_studied_again(studies):
    found, _ = shown(0.85, 0.91)
    assert studies == []
    assert by_threshold(found) == {0.85: (3, -0.03), 0.9: (3, -0.03), 0.91: (3, -0.03)}


def test_other_links_are_studied_once_each(studies):
    found, _ = shown(0.5, 0.94, 0.91)
    assert studies == [4, 2]
    assert by_threshold(found) == {0.5: (4, -0.04), 0.9: (3, -0.03), 0.91: (3, -0.03), 0.94: (2, -0.02)}


def test_a_study_that_cannot_be_made_has_no_estimates(studies):
    found, plan = shown(0.99)
    refused = found.frame.filter(pl.col("threshold") == 0.99)
    assert refused["term"].to_list() == list(plan.measures)
    assert refused["linked"].unique().to_list() == [1]
    assert all(refused[c].null_count() == len(plan.measures) for c in COLUMNS[3:])
    assert found.frame.schema["n"] == pl.Int64


def test_a_plan_without_thresholds_shows_the_study_alone(studies):
    found, plan = shown()
    assert found.frame["threshold"].unique().to_list() == [LAB.linkage.threshold]
    assert found.frame.height == len(plan.measures)


def test_a_plan_that_names_the_labs_own_threshold_shows_it_once(studies):
    found, _ = shown(0.5, 0.9)
    assert found.frame.select("threshold", "term").is_unique().all()


def test_it_is_told_in_words_and_holds_no_person(studies):
    found, plan = shown(0.5, 0.99)
    lines = found.summary().splitlines()
    assert len(lines) == len(plan.measures)
    assert lines[0].endswith("-0.04 at 0.5, -0.03 at 0.9")
    assert found.to_frame().equals(found.frame)
    assert len(found.to_dict()["sensitivity"]) == found.frame.height


def test_a_summary_where_nothing_could_be_made(studies):
    found, _ = shown(0.99)
    nothing = sensitivity.Sensitivity(found.frame.filter(pl.col("threshold") == 0.99))
    assert nothing.summary().splitlines()[0].endswith(": no estimate")


def test_the_real_stages_refuse_when_hardly_anybody_is_left(cohort, register, monkeypatch):
    few = [f"P{i}" for i in range(3)]
    links = link(cohort, register)
    others = links.frame.head(3).with_columns(person_id=pl.Series(few))
    plan = plan_with(0.999999)
    real = sensitivity.at_threshold
    monkeypatch.setattr(sensitivity, "at_threshold", lambda *a: _replaced(real(*a), others))
    found = threshold_sensitivity(links, register, plan, estimates(plan, -0.03))
    again = found.frame.filter(pl.col("threshold") == 0.999999)
    assert again["estimate"].null_count() == again.height == len(plan.measures)


def _replaced(links, frame):
    return replace(links, frame=frame)
