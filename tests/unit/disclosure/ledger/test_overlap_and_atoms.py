"""Lists held against each other: by pairs, and all together."""

import numpy as np
import pytest

from likeforlike.disclosure.ledger.atoms import atoms_of
from likeforlike.disclosure.ledger.joint import Said, Told, told_by_all
from likeforlike.disclosure.ledger.overlap import Overlap, overlaps
from likeforlike.disclosure.ledger.tokens import tokens_of

KEY = bytes(range(32))


def people(*spans: range) -> np.ndarray:
    return np.array(sorted(set().union(*spans)), dtype=np.uint64)


def test_tokens_need_the_key_and_not_the_order():
    assert (tokens_of(["b", "a", "a"], KEY) == tokens_of(["a", "b"], KEY)).all()
    assert not np.isin(tokens_of(["a", "b"], KEY), tokens_of(["a", "b"], bytes(32))).any()
    assert len(tokens_of([], KEY)) == 0


def test_lists_beside_each_other():
    earlier = [people(range(100)), people(range(200, 300)), people(range(99))]
    assert overlaps(people(range(100)), earlier) == [Overlap(0, 0, 0, 100), Overlap(2, 1, 0, 99)]
    assert overlaps(people(), earlier) == []


@pytest.mark.parametrize(
    ("new", "earlier", "few"),
    [
        (range(100), range(99), True),
        (range(100), range(91), True),
        (range(100), range(90), False),
        (range(100), range(100), False),
        (range(100), range(100, 200), False),
        (range(100), range(95, 195), False),
        (range(100), range(5, 600), True),
    ],
)
def test_a_difference_of_a_few(new, earlier, few):
    (found,) = overlaps(people(new), [people(earlier)]) or [Overlap(0, len(new), len(earlier), 0)]
    assert found.differs_by_few(10) is few


def test_people_in_the_same_lists():
    atoms = atoms_of([people(range(60)), people(range(40, 90)), people(range(60))])
    assert sorted(atoms.size.tolist()) == [20, 30, 40]
    assert (atoms.member @ atoms.size).tolist() == [60, 50, 60]


def test_one_person_between_two_lists():
    atoms = atoms_of([people(range(60)), people(range(59))])
    assert told_by_all(atoms, [Said(0, 21, 21), Said(1, 20, 20)], 10) == [Told(1, 1, 1)]
    assert told_by_all(atoms, [Said(0, 18, 24), Said(1, 18, 24)], 10) == []
    assert told_by_all(atoms, [Said(0, 23, 27), Said(1, 18, 22)], 10) == [Told(1, 1, 1)]


def test_a_tracker_of_three_lists():
    # the few are in the first list only in company of the second, and the third is that company
    first, second = people(range(50), range(200, 205)), people(range(50, 100), range(200, 205))
    both = people(range(100))
    atoms = atoms_of([first, second, both])
    said = [Said(0, 20, 20), Said(1, 20, 20), Said(2, 30, 30)]
    assert told_by_all(atoms, said, 10) == [Told(1, 1, 1)]  # whichever of the five
    said = [Said(0, 20, 20), Said(1, 20, 20), Said(2, 34, 34)]
    some, others = told_by_all(atoms, said, 10)
    assert (some.people, some.least) == (3, 1)
    assert (others.people, others.most) == (4, 3)


def test_part_of_a_group_that_is_not_few():
    """Eleven people between two lists, none of whom had it: no nine of them did."""
    atoms = atoms_of([people(range(60)), people(range(49))])
    assert told_by_all(atoms, [Said(0, 20, 20), Said(1, 20, 20)], 10) == [Told(1, 0, 0)]
    assert told_by_all(atoms, [Said(0, 25, 25), Said(1, 20, 20)], 10) == [Told(7, 1, 5), Told(6, 0, 5)]
    twenty = atoms_of([people(range(69)), people(range(49))])
    assert told_by_all(twenty, [Said(0, 30, 30), Said(1, 20, 20)], 10) == []


def test_nobody_few():
    atoms = atoms_of([people(range(60)), people(range(30, 90))])
    assert told_by_all(atoms, [Said(0, 20, 20), Said(1, 20, 20)], 10) == []
