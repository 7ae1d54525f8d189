"""Who the twin's people are: numbers, names, homes."""

import numpy as np
import polars as pl
import pytest

from likeforlike.labs import load_lab
from likeforlike.synthetic.people import describe, read_world, roots
from likeforlike.synthetic.people.identifiers import identifiers_of, person_ids, pnc_ids, prison_ids
from likeforlike.synthetic.people.settings import PeopleSettings

SIZE = 20_000
LAB = load_lab("justice")
WORLD = read_world(identifiers_of(LAB))
SETTINGS = PeopleSettings.model_validate(LAB.synthetic.people)


@pytest.fixture(scope="module")
def root():
    return roots(SIZE, SETTINGS, WORLD, np.random.default_rng(1))


@pytest.fixture(scope="module")
def people(root):
    rng = np.random.default_rng(2)
    born = rng.integers(-10_000, 14_000, SIZE)
    return describe(np.arange(SIZE), root, born=born, settings=SETTINGS, world=WORLD, rng=rng)


@pytest.mark.parametrize("make", [person_ids, prison_ids, lambda i: pnc_ids(i, np.full(len(i), 2001))])
def test_numbers_are_never_given_twice(make):
    index = np.concatenate([np.arange(100_000), np.arange(9_900_000, 10_000_000)])
    assert make(index).n_unique() == len(index)


def test_forms_of_the_numbers(people):
    assert people["person_id"].str.contains(r"^P\d{8}$").all()
    assert people["pnc_id"].str.contains(r"^\d{4}/\d{7}[A-HJ-NP-RT-Z]$").all()
    assert people["prison_id"].str.contains(r"^[A-Z]\d{4}[A-Z]{2}$").all()


def test_check_letter_of_a_police_number():
    number = pnc_ids(np.array([0]), np.array([2001]))[0]
    assert number[-1] == "ZABCDEFGHJKLMNPQRTUVWXY"[int(number[2:4] + number[5:12]) % 23]


def test_postcodes_lie_in_the_home_region(people, root):
    assert people["postcode"].str.contains(r"^[A-Z]{1,2}\d{1,2} \d[A-Z]{2}$").all()
    area = people["postcode"].str.extract(r"^([A-Z]+)")
    assert set(area.filter(pl.Series(root.home == WORLD.places.region.index("Wales")))) == {
        "CF", "SA", "NP", "LL", "LD", "SY",
    }  # fmt: skip


def test_households_share_surname_and_postcode(people, root):
    member = root.head != np.arange(SIZE)
    assert member.mean() == pytest.approx(SETTINGS.household, abs=0.01)
    head = people[root.head[member]]
    assert (
        people.filter(pl.Series(member))
        .select("surname", "postcode")
        .equals(head.select("surname", "postcode"))
    )


def test_names_have_a_few_common_and_many_rare(people):
    counts = people["surname"].value_counts(sort=True)
    assert counts["count"][0] / SIZE > 0.01
    assert len(counts) > 1_500
    assert people["surname"].str.contains("-").any()
    assert people["surname"].str.contains("'").any()
    assert people["surname"].str.contains(" ").any()


def test_forenames_follow_fashion(people):
    young = people.filter(pl.col("born") > 12_000)["forename"]
    old = people.filter(pl.col("born") < -6_000)["forename"]
    assert (young == "Alfie").sum() > (old == "Alfie").sum()
    assert (old == "Derek").sum() > (young == "Derek").sum()


def test_a_share_has_a_second_name_record(people):
    second = people["second_surname"].is_not_null()
    assert second.mean() == pytest.approx(SETTINGS.alias, abs=0.015)
    some = people.filter(second)
    assert 0.3 < (some["second_surname"] != some["surname"]).mean() < 0.6
    assert (some["second_postcode"] != some["postcode"]).mean() == pytest.approx(SETTINGS.moved, abs=0.03)
    assert people.filter(~second).select(pl.col("^second_.*$").is_null().all()).row(0) == (True,) * 4
