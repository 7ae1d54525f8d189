"""The worst case against trying every possibility, and against the program that tables are held against."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from likeforlike.disclosure.cells.attacker import Attacker
from likeforlike.disclosure.checking.worst_case import worst_case
from likeforlike.disclosure.counts import possible_events, rate_step, to_step
from likeforlike.labs import load_lab

PROFILE = load_lab("justice").disclosure


@given(st.integers(20, 400), st.integers(0, 100))
def test_possible_events_are_those_that_are_shown_so(people, percent):
    step = rate_step(people, PROFILE)
    shown = to_step(percent, step)
    fits = [k for k in range(people + 1) if abs(100 * k / people - shown) <= step / 2 + 1e-12]
    least, most = possible_events(shown, people, PROFILE)
    assert list(range(least, most + 1)) == fits
    assert fits


@st.composite
def published(draw):
    people = draw(st.integers(10, 120))
    events = draw(st.integers(0, people))
    shown = to_step(100 * events / people, rate_step(people, PROFILE))
    return people, events, possible_events(shown, people, PROFILE), draw(st.integers(1, min(9, people)))


@given(published())
def test_what_is_learned_is_what_the_attackers_program_finds(case):
    people, events, totals, unknown = case
    found = worst_case("rate", totals, people, unknown=unknown, events=events)
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
    people, events, totals, unknown = case
    one = worst_case("rate", totals, people, unknown=1, events=events)
    several = worst_case("rate", totals, people, unknown=unknown, events=events)
    assert several.given_away or not one.given_away
