"""Whatever the counts, the flow shows no small number, and its losses follow from what it shows."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from likeforlike.disclosure.tables import flow_rows
from likeforlike.labs import load_lab
from likeforlike.terms import Flow

PROFILE = load_lab("justice").disclosure


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    flow = Flow.start(draw(st.integers(60, 5000)))
    for i in range(draw(st.integers(1, 8))):
        lost = draw(st.one_of(st.integers(0, 12), st.integers(0, flow.remaining)))
        flow = flow.then(f"step{i}", f"Reason {i}", flow.remaining - min(lost, flow.remaining))
    return flow


@given(flows())
def test_no_small_count_is_shown(flow: Flow):
    for row in flow_rows(flow, PROFILE):
        for count in (row.remaining, row.lost):
            assert count is None or (count >= PROFILE.hide_below and count % PROFILE.round_counts_to == 0)


@given(flows())
def test_losses_are_differences_of_shown_numbers(flow: Flow):
    rows = flow_rows(flow, PROFILE)
    for before, after in pairwise(rows):
        if after.lost is not None:
            assert before.remaining is not None
            assert after.remaining == before.remaining - after.lost


@given(flows())
def test_the_same_flow_always_looks_the_same(flow: Flow):
    assert flow_rows(flow, PROFILE) == flow_rows(flow, PROFILE)


@given(st.integers(60, 4000), st.integers(0, 4), st.integers(0, 4))
def test_one_person_more_or_less_cannot_be_told_from_a_loss_within_the_same_tens(submitted, one, other):
    """Flows that differ by a few people round to the same or a neighbouring ten: never to their difference."""
    base = submitted // 10 * 10
    first = flow_rows(Flow.start(base).then("a", "A", base - one), PROFILE)
    second = flow_rows(Flow.start(base).then("a", "A", base - other), PROFILE)
    assert first == second
