"""Official numbers are made from the pattern that a lab's list must match."""

import re

import numpy as np
import pytest

from likeforlike.errors import LabProblem
from likeforlike.labs import installed_labs, load_lab
from likeforlike.synthetic.people.identifiers import identifiers_of
from likeforlike.synthetic.people.patterns import from_pattern

MANY = np.concatenate([np.arange(50_000), np.arange(9_950_000, 10_000_000)])


@pytest.mark.parametrize("pattern", [r"^\d{10}$", r"^[A-Z]{2}\d{6}[A-D]$", r"^NHS [AC-E]\d{3}[0-9]{5}$"])
def test_every_value_has_the_form_and_none_comes_twice(pattern):
    made = from_pattern(pattern, MANY)
    assert made.str.contains(pattern).all()
    assert made.n_unique() == len(MANY)


def test_neighbours_are_far_apart():
    first, second = from_pattern(r"^\d{10}$", np.array([1, 2]))
    assert sum(a != b for a, b in zip(first, second, strict=True)) > 4


@pytest.mark.parametrize("pattern", ["", "^(A|B)$", r"^\w+$", "^[^A]$", r"^\d{2,3}$"])
def test_a_pattern_that_is_too_clever_is_refused_by_name(pattern):
    with pytest.raises(LabProblem, match="'pattern'"):
        from_pattern(pattern, np.arange(3))


@pytest.mark.parametrize("name", installed_labs())
def test_every_identifier_of_a_lab_is_read_back_from_its_list(name):
    lab = load_lab(name)
    found = identifiers_of(lab)
    assert found
    for identifier in found:
        column = lab.columns.get(identifier.name)
        for made in identifier.values(np.arange(200), np.full(200, 1990)):
            value = made
            for old, new in column.canonical:
                value = re.sub(old, re.sub(r"\$(\d)", r"\\\1", new), value.upper())
            assert re.search(column.pattern, value)
