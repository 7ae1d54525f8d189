"""Who belongs to which level of a group by which linkage quality is looked at."""

from datetime import date, timedelta

import polars as pl
import pytest

from likeforlike.labs import load_lab
from likeforlike.labs.parts.linkage import QualityGroup
from likeforlike.linkage.groups import grouped
from support.links import VINTAGE, candidate, candidates_of, linked_list, listed_people

AGES = (18, 25, 35, 50)
BY_AGE = QualityGroup(label="G", column="date_of_birth", by="age", ages=AGES)
BY_INITIAL = QualityGroup(label="G", column="surname", by="initial")
BY_GIVEN = QualityGroup(label="G", column="postcode", by="given")
RECORDED = QualityGroup(label="G", recorded="people.ethnicity")


def lab_with(group: QualityGroup):
    lab = load_lab("justice")
    return lab.model_copy(update={"linkage": lab.linkage.model_copy(update={"staff_groups": (group,)})})


def levels(group: QualityGroup, *people: dict, vintage: date = VINTAGE) -> list[str]:
    """The level of each person."""
    both = listed_people(*people).people.with_columns(person_id=pl.lit(None, pl.String))
    frames = dict(grouped(lab_with(group), both, vintage, {}))
    return frames["G"].sort("participant")["level"].to_list()


@pytest.mark.parametrize(
    ("age", "before", "on"),
    [
        (18, "under 18", "18 to 24"),
        (25, "18 to 24", "25 to 34"),
        (35, "25 to 34", "35 to 49"),
        (50, "35 to 49", "50 and over"),
    ],
)
@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024])
def test_a_band_begins_on_the_birthday(age, before, on, year):
    birthday = date(year - age, 6, 30)
    people = [{"date_of_birth": birthday + timedelta(days=1)}, {"date_of_birth": birthday}]
    assert levels(BY_AGE, *people, vintage=date(year, 6, 30)) == [before, on]


def test_all_ages_have_a_band():
    people = [{"date_of_birth": d} for d in (date(2024, 6, 30), date(1900, 1, 1), date(2030, 1, 1), None)]
    assert levels(BY_AGE, *people) == ["under 18", "50 and over", "under 18", "not given"]


@pytest.mark.parametrize(
    ("surname", "initial"),
    [
        ("Éluard", "E"),
        ("Ştefan", "S"),
        ("o'neill", "O"),
        ("Ångström", "A"),
        ("Øster", "Ø"),
        ("Ли", "Л"),
        (None, "not given"),
    ],
)
def test_initials_without_accents(surname, initial):
    assert levels(BY_INITIAL, {"surname": surname}) == [initial]


def test_given_or_not():
    assert levels(BY_GIVEN, {"postcode": "LS1 4AP"}, {"postcode": None}) == ["given", "not given"]


def test_what_is_recorded_is_known_of_those_found_only():
    cohort = listed_people({}, {}, {}, lab=lab_with(RECORDED))
    found = candidates_of(candidate(0, "A", 20), candidate(1, "B", 20))
    people = pl.DataFrame({"person_id": ["A", "B", "Z"], "ethnicity": ["asian", None, "white"]})
    links, _ = linked_list(cohort, found, recorded={"people": people})
    rows = links.quality.filter(pl.col("group") == "G")
    assert rows.select("level", "submitted", "linked", "expected_recall").rows() == [
        ("Asian", 1, 1, None),
        ("not given", 1, 1, None),
    ]


def test_a_lab_without_groups_shows_everyone():
    lab = load_lab("justice")
    bare = lab.model_copy(
        update={"linkage": lab.linkage.model_copy(update={"staff_groups": (), "groups": ()})}
    )
    links, _ = linked_list(listed_people({}, {}, lab=bare), candidates_of(candidate(0, "A", 20)))
    assert links.quality.select("group", "level").rows() == [("Everyone", "")]
