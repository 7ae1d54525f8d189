"""A1, A7, A10: a list and the list less a few, by one provider or two, whatever became of the first; and again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.attacked_lab import REFUSED, GuardedLab, OpenLab, crowd
from support.attacker import conclude

TARGETS = crowd("target", 9)


def world(size, share):
    base = crowd("base", size)
    had = base[: int(share * size)] + TARGETS[:4]
    return base, had, base + TARGETS


def test_an_unprotected_lab_gives_everyone_on_one_list_alone_away(reports):
    base, had, records = world(60, 0.4)
    lab = OpenLab(had, records)
    learned = conclude(TARGETS[:1], [lab.ask(base + TARGETS[:1]), lab.ask(base)])
    assert (learned.least, learned.most) == (1, 1)
    reports("A1  a list less one person", learned, "nothing of 1: the second list is refused")


@pytest.mark.parametrize("few", [1, 2, 5, 9])
@pytest.mark.parametrize("order", ["more first", "fewer first"])
@pytest.mark.parametrize("organisation", ["one", "another"])
def test_a_list_less_a_few_is_refused_whoever_asks(tmp_path, few, order, organisation):
    base, had, records = world(60, 0.4)
    lab = GuardedLab(tmp_path, had, records)
    lists = [base + TARGETS[:few], base]
    first, second = lists if order == "more first" else lists[::-1]
    answers = [lab.ask(first), lab.ask(second, organisation=organisation)]
    assert answers[1] is None
    assert lab.answers[1] == REFUSED
    assert conclude(TARGETS[:few], answers).nothing


@settings(max_examples=25)
@given(
    size=st.integers(40, 400),
    gone=st.integers(0, 30),
    come=st.integers(0, 30),
    share=st.floats(0.3, 0.6),
    withdrawn=st.booleans(),
)
def test_whatever_two_lists_are_a_small_difference_stays_open(
    tmp_path_factory, size, gone, come, share, withdrawn
):
    base, had, records = world(size, share)
    more = crowd("more", come)
    lab = GuardedLab(tmp_path_factory.mktemp("lab"), had + more[::2], records + more)
    answers = [lab.ask(base), lab.ask(base[gone:] + more, organisation="another" if withdrawn else "one")]
    for difference in (base[:gone], more):
        if 0 < len(difference) < 10:
            assert conclude(difference, answers).nothing


def test_a_refused_list_is_half_of_a_difference_too(tmp_path, reports):
    """The first list is refused for its size; the second, with a few more, would tell that those made the size."""
    known, had = crowd("known", 29), crowd("known", 12)
    lab = GuardedLab(tmp_path, had, [*known, "target"])
    assert lab.ask(known + crowd("nobody", 40)) is None
    assert lab.ask([*known, "target", *crowd("nobody", 40)]) is None
    reports(
        "A5  29 known people, refused; then one more", "one more has a record", "nothing: both are refused"
    )


def test_the_same_again_a_hundred_times_is_the_same_bytes(tmp_path, reports):
    base, had, records = world(60, 0.4)
    lab = GuardedLab(tmp_path, had, records)
    for _ in range(100):
        lab.ask(base)
    assert set(lab.answers) == {lab.answers[0]}
    assert lab.answers[0] != REFUSED
    reports("A7  the same list a hundred times", "the same figure", "the same bytes")


def test_the_same_list_under_other_names_is_no_other_answer(tmp_path):
    """Another study of the same people gets no second rounding of the same number."""
    base, had, records = world(60, 0.4)
    lab = GuardedLab(tmp_path, had, records)
    one, two = lab.ask(base), lab.ask(base, study="other", organisation="another")
    assert one == two
    assert len(set(lab.answers)) == 1
