"""Which numbers in a text a release does not have."""

import pytest

from likeforlike.disclosure.checking.words import numbers_added
from likeforlike.labs import load_lab
from support.releases import lower_release

RELEASE = lower_release(load_lab("justice"))
BELOW_ZERO = next(row.conf_low for row in RELEASE.measures if row.conf_low is not None and row.conf_low < 0)


@pytest.mark.parametrize(
    ("said", "added"),
    [
        ("", ()),
        ("No number at all.", ()),
        (f"After {RELEASE.follow_up_months} months.", ()),
        (f"In {RELEASE.index_from.year}.", ()),
        (f"As much as {abs(BELOW_ZERO):g} percentage points fewer.", ()),
        (f"{RELEASE.measures[0].n_treatment:,} people.", ()),
        ("37,411 and 37,411 and 98,765.5", ("37,411", "98,765.5")),
        ("1,234,567 is not 1,234,568", ("1,234,567", "1,234,568")),
        ("٣٧٤١١", ("٣٧٤١١",)),
    ],
)
def test_only_what_the_release_does_not_have(said, added):
    assert numbers_added(said, RELEASE) == added


def test_nearly_a_number_of_the_release_is_another_number():
    match = RELEASE.match.model_copy(update={"comparison": 1_234_567})
    large = RELEASE.model_copy(update={"match": match})
    assert numbers_added("1,234,568", large) == ("1,234,568",)
    assert numbers_added("1,234,567", large) == ()


def test_a_fraction_in_one_sign_is_a_number():
    assert numbers_added("⅞ of them", RELEASE) == ("7", "8")


def test_a_small_number_of_people_is_told_from_a_percentage():
    rate = next(
        row for row in RELEASE.measures if row.kind == "rate" and row.treatment == round(row.treatment)
    )
    said = f"{rate.treatment:g}"
    assert numbers_added(f"Of them {said}% came back.", RELEASE) == ()
    assert numbers_added(f"Of them {said} per cent came back.", RELEASE) == ()
    assert numbers_added(f"Of them {said} came back.", RELEASE) == (said,)
