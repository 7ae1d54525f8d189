"""Tables whose right answer others have published."""

import numpy as np
import pytest

from likeforlike.disclosure.cells.attacker import Attacker, Range
from likeforlike.disclosure.cells.axis import Axis
from likeforlike.disclosure.cells.cells import Cells, cross_table
from likeforlike.disclosure.cells.rounding import controlled
from likeforlike.disclosure.cells.sensitive import too_few
from likeforlike.disclosure.cells.suppress import Protection, suppress


def table(rows: list[tuple[int, ...]], down: str, across: str) -> Cells:
    return cross_table(np.array(rows), [Axis.of("row", list(down)), Axis.of("column", list(across))])


def cell(cells: Cells, row: str, column: str) -> int:
    return cells.place((("column", column), ("row", row)))


def attacker(cells: Cells, hidden: list[int]) -> Attacker:
    low, high = cells.values.astype(float), cells.values.astype(float)
    low[hidden], high[hidden] = 0, np.inf
    return Attacker(cells.relations, low, high, cells.values.astype(float))


SDC_TABLE = table(
    [(30, 47, 64, 89), (90, 124, 5, 31), (92, 100, 59, 85), (800, 991, 651, 685)], "1234", "1234"
)
HIDDEN = [cell(SDC_TABLE, *place) for place in ("11", "12", "13", "21", "23", "32", "34", "42", "44")]


class TestSdcTable:
    """The example of sdcTable's simple heuristic: two hidden in each line are not enough."""

    def test_a_cell_is_given_away_exactly(self):
        assert attacker(SDC_TABLE, HIDDEN).range_of(cell(SDC_TABLE, "1", "2")) == Range(47, 47)

    def test_one_more_protects_it(self):
        more = [*HIDDEN, cell(SDC_TABLE, "2", "4")]
        assert attacker(SDC_TABLE, more).range_of(cell(SDC_TABLE, "1", "2")) == Range(0, 78)

    def test_that_one_is_the_cheapest(self):
        sensitive = np.zeros(len(SDC_TABLE), dtype=bool)
        sensitive[HIDDEN] = True
        values = SDC_TABLE.values
        found = suppress(SDC_TABLE, Protection(sensitive, values - 1, values + 1))
        assert np.flatnonzero(found & ~sensitive).tolist() == [cell(SDC_TABLE, "2", "4")]


def test_four_rows_by_sex():
    cells = table([(18, 2), (14, 19), (12, 10), (11, 14)], "ABCD", "mf")
    sensitive = too_few(cells.values, 10)
    found = suppress(cells, Protection.below(cells.values, sensitive, 10))
    expected = [cell(cells, *place) for place in ("Am", "Af", "Cm", "Cf")]
    assert np.flatnonzero(found).tolist() == sorted(expected)


class TestGaussSuppression:
    """The example "z1" of the R package, with counts up to 3 hidden."""

    cells = cross_table(
        np.array(
            [
                (11, 7, 5, 13, 9, 12, 6, 9),
                (11, 1, 8, 2, 14, 9, 4, 3),
                (55, 29, 35, 17, 63, 24, 22, 38),
                (36, 18, 25, 13, 52, 22, 8, 15),
            ]
        ),
        [Axis.of("row", ["annet", "arbeid", "soshjelp", "trygd"]), Axis.of("column", list("ABCDEFGH"))],
    )
    protection = Protection.below(cells.values, too_few(cells.values, 4), 4)
    hidden = suppress(cells, protection)

    def test_the_pattern_and_its_cost(self):
        expected = [cell(self.cells, kind, place) for kind in ("annet", "arbeid") for place in "BDH"]
        assert np.flatnonzero(self.hidden).tolist() == sorted(expected)
        assert self.cells.values[self.hidden].sum() == 35

    @pytest.mark.parametrize(
        ("kind", "place", "least", "most"),
        [
            *(("arbeid", place, 0, 6) for place in "BDH"),
            ("annet", "B", 2, 8),
            ("annet", "D", 9, 15),
            ("annet", "H", 6, 12),
        ],
    )
    def test_what_an_attacker_learns(self, kind, place, least, most):
        found = attacker(self.cells, np.flatnonzero(self.hidden).tolist())
        assert found.range_of(cell(self.cells, kind, place)) == Range(least, most)


def test_the_handbooks_table_rounds_with_less_deviation_than_in_the_handbook():
    cells = table([(1, 0), (3, 3), (12, 20)], "ABC", "xy")
    found = controlled(cells, 5)
    assert found.steps == 0
    assert abs(found.values - cells.values).sum() == 18
    assert not (cells.relations @ found.values).any()
