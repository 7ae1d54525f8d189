"""Bounds, patterns and rounded tables against trying everything, on tables small enough for that."""

from functools import cache, reduce
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from likeforlike.disclosure.cells.attacker import Attacker, is_network
from likeforlike.disclosure.cells.audit import audit_hidden
from likeforlike.disclosure.cells.axis import Axis
from likeforlike.disclosure.cells.cells import Cells, cross_table
from likeforlike.disclosure.cells.rounding import controlled
from likeforlike.disclosure.cells.sensitive import too_few
from likeforlike.disclosure.cells.suppress import Protection, suppress

MOST = 4
"""What each inner cell is known to be at most, so that trying everything comes to an end."""


def axes(*sizes: int) -> list[Axis]:
    return [Axis.of("xyz"[i], [f"{i}{j}" for j in range(size)]) for i, size in enumerate(sizes)]


def tables(*sizes: int, most: int = MOST) -> st.SearchStrategy[Cells]:
    size = int(np.prod(sizes))
    inner = st.lists(st.integers(0, most), min_size=size, max_size=size)
    return inner.map(lambda values: cross_table(np.array(values).reshape(sizes), axes(*sizes)))


@cache
def all_tables(sizes: tuple[int, ...], most: int) -> np.ndarray:
    """Each table of these sizes, (tables, cells)."""
    inner = np.array(list(product(range(most + 1), repeat=int(np.prod(sizes)))))
    return inner @ reduce(np.kron, [axis.spread for axis in axes(*sizes)]).T


def every_table(cells: Cells, sizes: tuple[int, ...], hidden: np.ndarray, most: int = MOST) -> np.ndarray:
    """All tables with the same shown cells."""
    whole = all_tables(sizes, most)
    return whole[(whole[:, ~hidden] == cells.values[~hidden]).all(axis=1)]


@pytest.mark.parametrize("sizes", [(2, 2), (2, 3)])
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_bounds(sizes, data):
    cells = data.draw(tables(*sizes))
    hidden = np.array(data.draw(st.lists(st.booleans(), min_size=len(cells), max_size=len(cells))))
    possible = every_table(cells, sizes, hidden)
    inner = np.array([len(key) == len(sizes) for key in cells.keys])
    low = np.where(hidden, 0.0, cells.values)
    high = np.where(hidden, np.where(inner, MOST, np.inf), cells.values)
    attacker = Attacker(cells.relations, low, high, cells.values.astype(float))
    for cell in range(len(cells)):
        found = attacker.range_of(cell)
        assert (found.least, found.most) == (possible[:, cell].min(), possible[:, cell].max())


def test_a_cube_is_no_network_and_its_bounds_are_whole():
    cells = cross_table(np.array([[[0, 1], [1, 1]], [[1, 1], [1, 0]]]), axes(2, 2, 2))
    assert not is_network(cells.relations.tocsc())
    hidden = np.array([len(key) == 3 for key in cells.keys])
    low, high = np.where(hidden, 0.0, cells.values), np.where(hidden, 2, cells.values)
    attacker = Attacker(cells.relations, low, high, cells.values.astype(float))
    possible = every_table(cells, (2, 2, 2), hidden, 2)
    for cell in np.flatnonzero(hidden):
        found = attacker.range_of(int(cell))
        assert (found.least, found.most) == (possible[:, cell].min(), possible[:, cell].max())


@given(cells=tables(2, 2, most=14))
@settings(max_examples=10, deadline=None)
def test_no_cheaper_pattern_protects(cells):
    protection = Protection.below(cells.values, too_few(cells.values, 5), 5)
    found = suppress(cells, protection)
    assert not audit_hidden(cells, protection, found)
    price = np.maximum(cells.values, 1)
    others = np.flatnonzero(~protection.sensitive)
    cheapest = np.inf
    for size in range(len(others) + 1):
        for more in combinations(others, size):
            hidden = protection.sensitive.copy()
            hidden[list(more)] = True
            if price[hidden].sum() < cheapest and not audit_hidden(cells, protection, hidden):
                cheapest = price[hidden].sum()
    assert price[found].sum() == cheapest


@given(
    data=st.data(),
    sizes=st.sampled_from([(3, 4), (5, 2), (6, 6), (2, 2, 3)]),
    threshold=st.integers(2, 12),
)
@settings(max_examples=40, deadline=None)
def test_every_pattern_passes_the_audit(data, sizes, threshold):
    cells = data.draw(tables(*sizes, most=40))
    protection = Protection.below(cells.values, too_few(cells.values, threshold), threshold)
    hidden = suppress(cells, protection)
    assert (hidden | ~protection.sensitive).all()
    assert not audit_hidden(cells, protection, hidden)
    assert (hidden == suppress(cells, protection)).all()


@given(cells=tables(3, 4, most=30), order=st.permutations(range(3)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_rows_costs_nothing(cells, order):
    inner = cells.values.reshape(4, 5)[:3, :4]
    moved = cross_table(inner[list(order)], axes(3, 4))
    costs = []
    for each in (cells, moved):
        hidden = suppress(each, Protection.below(each.values, too_few(each.values, 10), 10))
        costs.append(np.maximum(each.values, 1)[hidden].sum())
    assert costs[0] == costs[1]


@given(cells=tables(3, 3, most=30))
@settings(max_examples=20, deadline=None)
def test_hiding_more_beforehand_never_shows_more(cells):
    sensitive = too_few(cells.values, 5)
    plain = suppress(cells, Protection.below(cells.values, sensitive, 5))
    stricter = suppress(cells, Protection.below(cells.values, too_few(cells.values, 10), 10))
    price = np.maximum(cells.values, 1)
    assert price[stricter].sum() >= price[plain].sum()


@given(cells=tables(3, 4, most=60), base=st.sampled_from([3, 5, 10]))
@settings(max_examples=25, deadline=None)
def test_rounded_tables_add_up_and_stay_near(cells, base):
    found = controlled(cells, base)
    assert not (cells.relations @ found.values).any()
    assert (found.values % base == 0).all()
    low, high = found.ranges()
    assert ((low <= cells.values) & (cells.values <= high)).all()
    if found.steps == 0:
        whole = cells.values % base == 0
        assert (found.values[whole] == cells.values[whole]).all()
