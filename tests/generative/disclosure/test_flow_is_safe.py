"""Whatever the counts, the flow tells whoever sent the list of no small loss."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from likeforlike.disclosure.flow import flow_rows
from likeforlike.labs import load_lab
from likeforlike.labs.definition import DisclosureProfile
from likeforlike.terms import NOT_FOUND, Flow

PROFILE = load_lab("justice").disclosure
NAMES = ("lab", "opensafely", "nhs-hes", "ons-10-5", "census-drb")
BASE, LEAST = PROFILE.round_counts_to, PROFILE.hide_below


def flow_of(*counts: int) -> Flow:
    flow = Flow.start(counts[0])
    for i, count in enumerate(counts[1:]):
        flow = flow.then(NOT_FOUND if i == 0 else f"step{i}", f"Reason {i}", count)
    return flow


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    counts = [draw(st.integers(60, 5000))]
    for _ in range(draw(st.integers(1, 8))):
        lost = draw(st.one_of(st.integers(0, 12), st.integers(0, counts[-1]), st.sampled_from([94, 95, 104])))
        counts.append(counts[-1] - min(lost, counts[-1]))
    return flow_of(*counts)


def possible(sent: int, steps: int) -> dict[tuple, list[tuple[int, ...]]]:
    """What is shown, and every flow of so many sent that is shown so: what its provider cannot tell apart."""
    found: dict[tuple, list[tuple[int, ...]]] = {}
    chains = [(sent,)]
    for _ in range(steps):
        chains = [(*chain, left) for chain in chains for left in range(chain[-1] + 1)]
    for chain in chains:
        shown = tuple((row.remaining, row.lost) for row in flow_rows(flow_of(*chain), PROFILE))
        found.setdefault(shown, []).append(chain)
    return found


@pytest.mark.parametrize("sent", [95, 99, 100, 103, 104, 105, 106, 109])
def test_whoever_knows_how_many_were_sent_learns_no_small_number_of_those_not_found(sent):
    for chains in possible(sent, 1).values():
        lost = {before - after for before, after in chains}
        assert min(lost) >= LEAST or lost == set(range(LEAST))


@pytest.mark.parametrize("sent", [64, 70, 71, 75])
def test_nor_of_those_lost_at_a_later_step(sent):
    for chains in possible(sent, 2).values():
        lost = {found - followed for _, found, followed in chains}
        if min(followed for _, _, followed in chains) > PROFILE.minimum_analysed - LEAST:
            assert set(range(LEAST)) <= lost or lost == set(range(1, 2 * LEAST)) or min(lost) >= LEAST


@given(flows())
@example(flow_of(1105, 1104, 1095))
def test_no_loss_is_shown_that_is_small_or_far_from_the_truth(flow: Flow):
    for step, row in zip(flow.steps, flow_rows(flow, PROFILE), strict=False):
        if row.lost is not None and row.lost > 0:
            assert row.lost >= LEAST
            assert row.lost % BASE == 0
            assert abs(row.lost - step.lost) < BASE + LEAST
        assert row.remaining is None or (row.remaining >= LEAST and row.remaining % BASE == 0)
        assert row.remaining is None or abs(row.remaining - step.remaining) <= BASE / 2 + LEAST / 2


@given(flows())
def test_losses_and_percentages_follow_from_what_is_shown(flow: Flow):
    rows = flow_rows(flow, PROFILE)
    for before, row in pairwise(rows):
        if row.lost is not None:
            assert row.lost == before.remaining - row.remaining
            assert row.lost_percent == round(100 * row.lost / rows[0].remaining)


@given(st.integers(60, 4000), st.integers(0, 9), st.integers(0, 9), st.sampled_from(NAMES))
def test_small_losses_cannot_be_told_apart_nor_from_none(sent: int, one: int, other: int, name: str):
    profile = DisclosureProfile.model_validate({"profile": name})
    few = profile.hide_below
    first, second = (flow_rows(flow_of(sent, sent - lost % few), profile) for lost in (one, other))
    assert first == second


@given(flows())
def test_what_is_left_never_grows(flow: Flow):
    left = [row.remaining or 0 for row in flow_rows(flow, PROFILE)]
    assert all(before >= after for before, after in pairwise(left))
