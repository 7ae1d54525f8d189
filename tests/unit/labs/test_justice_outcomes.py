"""The outcomes of the justice lab as a truth table: one small life a row."""

from datetime import date, timedelta

import polars as pl
import pytest

from likeforlike.labs import load_lab
from support.justice_world import World

LAB = load_lab("justice")
INDEX = date(2021, 3, 1)
NOTHING = {
    "reoffended": False, "reoffences": 0, "offence_free_days": 365, "days_to_first": None,
    "first_indictable": None, "first_either_way": None, "first_summary": None, "first_custody": None,
    "reoffences_indictable": 0, "reoffences_either_way": 0, "reoffences_summary": 0, "custodial_sentences": 0,
}  # fmt: skip


def first(offence_class: str, *, custody: bool) -> dict[str, bool]:
    classes = ("indictable", "either way", "summary")
    told = {f"first_{c.replace(' ', '_')}": c == offence_class for c in classes}
    return told | {"first_custody": custody}


def outcomes(*offences, months=12, index=INDEX):
    """Outcomes after offences given as (disposal, kind, proven after, committed after, class, seriousness, breach)."""
    world = World()
    world.person("a")
    event = world.sentenced("a", index)
    for i, given in enumerate(offences):
        name, kind, proven, committed, offence_class, seriousness, breach = (
            *given,
            *(50, False)[len(given) - 5 :],
        )
        disposal = {
            "disposal_id": name, "person_id": "a", "disposal_date": index + timedelta(proven), "kind": kind,
            "index_date": None, "custody_days": None, "region": "London",
        }  # fmt: skip
        if name not in {d["disposal_id"] for d in world.disposals}:
            world.disposals.append(disposal)
        world.offences.append(
            {"offence_id": f"o{i}", "person_id": "a", "disposal_id": name, "offence_group": "violence",
             "offence_date": index + timedelta(committed), "offence_class": offence_class,
             "seriousness": seriousness, "breach": breach}
        )  # fmt: skip
    chosen = pl.DataFrame({"event_id": [event], "person_id": ["a"], "index_date": [index]})
    window = {"months": months, "settle_months": 6}
    (found,) = world.engine().query(LAB.sql.outcomes, window, chosen=chosen).drop("event_id").to_dicts()
    return found


CASES = {
    "no offence": ([], {}),
    "summary first, indictable after it": (
        [("d1", "fine", 90, 60, "summary"), ("d2", "custody", 200, 150, "indictable")],
        {"reoffences": 2, "days_to_first": 60, "offence_free_days": 60, **first("summary", custody=False),
         "reoffences_summary": 1, "reoffences_indictable": 1, "custodial_sentences": 1},
    ),
    "custody for the first": (
        [("d1", "custody", 90, 60, "either way"), ("d2", "fine", 200, 150, "summary")],
        {"reoffences": 2, "days_to_first": 60, "offence_free_days": 60, **first("either way", custody=True),
         "reoffences_either_way": 1, "reoffences_summary": 1, "custodial_sentences": 1},
    ),
    "one sentence for three offences": (
        [("d1", "custody", 90, 60, "summary"), ("d1", "custody", 90, 70, "summary"),
         ("d1", "custody", 90, 80, "either way")],
        {"reoffences": 3, "days_to_first": 60, "offence_free_days": 60, **first("summary", custody=True),
         "reoffences_summary": 2, "reoffences_either_way": 1, "custodial_sentences": 1},
    ),
    "the most serious of several on the first day": (
        [("d1", "fine", 90, 60, "summary", 20), ("d2", "custody", 95, 60, "indictable", 80),
         ("d3", "custody", 99, 61, "summary", 99)],
        {"reoffences": 3, "days_to_first": 60, "offence_free_days": 60, **first("indictable", custody=True),
         "reoffences_summary": 2, "reoffences_indictable": 1, "custodial_sentences": 2},
    ),
    "the lowest number of several as serious": (
        [("d1", "fine", 90, 60, "summary"), ("d2", "custody", 95, 60, "indictable")],
        {"reoffences": 2, "days_to_first": 60, "offence_free_days": 60, **first("summary", custody=False),
         "reoffences_summary": 1, "reoffences_indictable": 1, "custodial_sentences": 1},
    ),
    "proven within the months that courts take": (
        [("d1", "fine", 549, 300, "summary")],
        {"reoffences": 1, "days_to_first": 300, "offence_free_days": 300, **first("summary", custody=False),
         "reoffences_summary": 1},
    ),
    "proven too late": ([("d1", "custody", 550, 300, "indictable")], {}),
    "proven too late, after one that counts": (
        [("d1", "custody", 550, 100, "indictable"), ("d2", "fine", 250, 200, "summary")],
        {"reoffences": 1, "days_to_first": 200, "offence_free_days": 200, **first("summary", custody=False),
         "reoffences_summary": 1},
    ),
    "a breach": ([("d1", "custody", 90, 60, "summary", 50, True)], {}),
    "a breach before an offence": (
        [("d1", "custody", 90, 60, "summary", 90, True), ("d1", "custody", 90, 70, "either way")],
        {"reoffences": 1, "days_to_first": 70, "offence_free_days": 70, **first("either way", custody=True),
         "reoffences_either_way": 1, "custodial_sentences": 1},
    ),
    "on the index date itself": ([("d1", "fine", 30, 0, "summary")], {}),
    "on the last day": (
        [("d1", "caution", 370, 365, "summary")],
        {"reoffences": 1, "days_to_first": 365, "offence_free_days": 365, **first("summary", custody=False),
         "reoffences_summary": 1},
    ),
    "a day after the last": ([("d1", "fine", 370, 366, "summary")], {}),
}  # fmt: skip


@pytest.mark.parametrize("life", CASES)
def test_outcomes(life):
    offences, expected = CASES[life]
    assert outcomes(*offences) == NOTHING | expected | {"reoffended": "days_to_first" in expected}


@pytest.mark.parametrize(
    ("index", "months", "days"),
    [(INDEX, 12, 365), (date(2019, 6, 1), 12, 366), (INDEX, 24, 730), (date(2020, 2, 29), 12, 365)],
)
def test_somebody_without_an_offence_has_all_the_days_of_the_period(index, months, days):
    assert outcomes(months=months, index=index)["offence_free_days"] == days


def test_a_longer_follow_up_counts_what_comes_later():
    later = ("d1", "custody", 420, 400, "indictable")
    assert outcomes(later)["reoffended"] is False
    found = outcomes(later, months=24)
    assert (found["reoffended"], found["offence_free_days"], found["custodial_sentences"]) == (True, 400, 1)


def test_everyone_has_one_row_and_every_column_that_measures_use():
    used = {c for m in LAB.outcomes.measure for c in (m.column, m.base, m.event) if c}
    assert set(outcomes(("d1", "fine", 90, 60, "summary"), ("d1", "fine", 90, 60, "summary"))) >= used
