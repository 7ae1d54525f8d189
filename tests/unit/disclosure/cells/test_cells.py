"""Tables with their totals, alone and linked."""

import numpy as np
import pytest

from likeforlike.disclosure.cells.alone import known_to_one
from likeforlike.disclosure.cells.attacker import Attacker, Range
from likeforlike.disclosure.cells.axis import Axis
from likeforlike.disclosure.cells.cells import cross_table, linked
from likeforlike.disclosure.cells.jj import jj_text
from likeforlike.disclosure.cells.sensitive import too_few
from likeforlike.disclosure.cells.suppress import Protection

SEX = Axis.of("sex", ["men", "women"])
PLACE = Axis.of("place", {"North": ["Leeds", "York"], "South": ["Bath"]})
COUNTS = np.array([[3, 4, 5], [6, 7, 8]])


def test_totals_within_totals():
    cells = cross_table(COUNTS, [SEX, PLACE])
    assert cells.values[cells.place(())] == 33
    assert cells.values[cells.place((("place", "North"),))] == 20
    assert cells.values[cells.place((("place", "North"), ("sex", "women")))] == 13
    assert not (cells.relations @ cells.values).any()


def test_a_cube_adds_up_in_every_direction():
    cells = cross_table(np.arange(24).reshape(2, 3, 4), [SEX, PLACE, Axis.of("age", list("abcd"))])
    assert len(cells) == 3 * 6 * 5
    assert cells.values[cells.place(())] == sum(range(24))


def test_linked_tables_share_what_is_the_same():
    by_place, by_age = (
        cross_table(COUNTS, [SEX, PLACE]),
        cross_table(np.array([[10, 2], [20, 1]]), [SEX, Axis.of("age", ["young", "old"])]),
    )
    both = linked([by_place, by_age])
    assert len(both) == len(by_place) + len(by_age) - 3
    assert both.relations.shape[0] == by_place.relations.shape[0] + by_age.relations.shape[0]


def test_linked_tables_that_contradict_each_other():
    with pytest.raises(ValueError, match="different numbers"):
        linked([cross_table([1, 2], [SEX]), cross_table([1, 3], [SEX])])


@pytest.mark.parametrize("counts", [[1.0, 2.0], [1.5, 2.0]])
def test_floats_are_no_counts(counts):
    with pytest.raises(TypeError, match="whole numbers"):
        cross_table(counts, [SEX])


def test_counts_below_zero():
    with pytest.raises(ValueError, match="below zero"):
        cross_table([-1, 2], [SEX])


def test_a_category_twice():
    with pytest.raises(ValueError, match="twice"):
        Axis.of("sex", ["men", "men"])


def test_somebody_alone_knows_every_cell_that_holds_nobody_else():
    cells = cross_table([[1, 0, 9], [5, 1, 20]], [SEX, PLACE])
    known = [{cells.keys[i] for i in places} for places in known_to_one(cells)]
    man_of_leeds = {
        (("place", "Leeds"), ("sex", "men")),
        (("place", "York"), ("sex", "men")),
        (("place", "North"), ("sex", "men")),
    }
    assert man_of_leeds in known
    assert len(known) == 2


def test_the_file_for_another_office():
    cells = cross_table([2, 30], [SEX])
    protection = Protection.below(cells.values, too_few(cells.values, 10), 10)
    assert jj_text(cells, protection) == (
        "0\n3\n0 2 2 u 0 32 1 8 0\n1 30 30 s 0 32 0 0 0\n2 32 32 s 0 32 0 0 0\n1\n0.0 3 : 0 (1) 1 (1) 2 (-1)\n"
    )


def test_what_cannot_be_true_is_no_proof():
    cells = cross_table([3, 4], [SEX])
    low, high = np.array([0.0, 5.0, 4.0]), np.array([9.0, 9.0, 4.0])
    with pytest.raises(ArithmeticError, match="could not be finished"):
        Attacker(cells.relations, low, high).range_of(0)


def test_nothing_known_is_no_bound():
    cells = cross_table([3, 4], [SEX])
    attacker = Attacker(cells.relations, np.zeros(3), np.full(3, np.inf))
    assert attacker.range_of(0) == Range(0, np.inf)
