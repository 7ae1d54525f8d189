"""The worst case against trying every possibility, and against the program that tables are held against."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from likeforlike.disclosure.cells.attacker import Attacker
from likeforlike.disclosure.checking.worst_case import possible_totals, worst_case


@given(st.integers(10, 400), st.integers(0, 100))
def test_possible_totals_are_those_that_round_to_the_figure(people, percent):
    fits = [k for k in range(people + 1) if abs(100 * k / people - percent) <= 0.5 + 1e-12]
    least, most = possible_totals(percent, people)
    assert list(range(least, most + 1)) == fits


@st.composite
def published(draw):
    people = draw(st.integers(10, 120))
    events = draw(st.integers(0, people))
    return people, events, round(100 * events / people), draw(st.integers(1, min(9, people)))


@given(published())
def test_what_is_learned_is_what_the_attackers_program_finds(case):
    people, events, percent, unknown = case
    found = worst_case("rate", percent, people, unknown=unknown, events=events)
    least, most = found.totals
    relations = csr_array(np.array([[1, 1, -1]]))
    spans = []
    for had in range(max(0, events - (people - unknown)), min(unknown, events) + 1):
        known = events - had
        low, high = np.array([known, 0.0, least]), np.array([known, unknown, float(most)])
        span = Attacker(relations, low, high).range_of(1)
        spans.append((int(span.least), int(span.most)))
    widths = [high - low for low, high in spans]
    assert found.learned in spans
    assert found.learned[1] - found.learned[0] == min(widths)
    assert found.given_away == any(span != (0, unknown) for span in spans)


@given(published())
def test_the_more_is_known_the_more_is_learned(case):
    people, events, percent, unknown = case
    one = worst_case("rate", percent, people, unknown=1, events=events)
    several = worst_case("rate", percent, people, unknown=unknown, events=events)
    assert several.given_away or not one.given_away
