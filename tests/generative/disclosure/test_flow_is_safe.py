"""Whatever the counts, the flow shows no small loss, and nothing that it shows gives one away."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from likeforlike.disclosure.flow import FEWEST, flow_rows
from likeforlike.labs import load_lab
from likeforlike.terms import Flow

PROFILE = load_lab("justice").disclosure
BASE, LEAST = PROFILE.round_counts_to, PROFILE.hide_below


def flow_of(*counts: int) -> Flow:
    flow = Flow.start(counts[0])
    for i, count in enumerate(counts[1:]):
        flow = flow.then(f"step{i}", f"Reason {i}", count)
    return flow


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    counts = [draw(st.integers(60, 5000))]
    for _ in range(draw(st.integers(1, 8))):
        lost = draw(st.one_of(st.integers(0, 12), st.integers(0, counts[-1]), st.sampled_from([94, 95, 104])))
        counts.append(counts[-1] - min(lost, counts[-1]))
    return flow_of(*counts)


def wide_enough(flow: Flow) -> bool:
    """By trying every flow that looks the same: can each small loss be `FEWEST` numbers or more?"""
    rows = flow_rows(flow, PROFILE)
    able = [set(range(max(0, s.remaining - BASE), s.remaining + BASE)) for s in flow.steps]
    able = [
        {n for n in some if (n < LEAST if r.remaining is None else n >= LEAST and round_up(n) == r.remaining)}
        for some, r in zip(able, rows, strict=True)
    ]
    steps = [fitting(step.lost, row.lost) for step, row in zip(flow.steps, rows, strict=True)]
    ahead, back = [able[0]], [able[-1]]
    for fits, some in zip(steps[1:], able[1:], strict=True):
        ahead.append({n for n in some if any(fits(before - n) for before in ahead[-1])})
    for fits, some in zip(reversed(steps[1:]), reversed(able[:-1]), strict=True):
        back.append({n for n in some if any(fits(n - after) for after in back[-1])})
    back.reverse()
    return all(
        len({a - b for a in ahead[i - 1] for b in back[i] if steps[i](a - b)}) >= FEWEST
        for i, step in enumerate(flow.steps)
        if 0 < step.lost < LEAST
    )


def round_up(count: int) -> int:
    return (count + BASE // 2) // BASE * BASE


def fitting(lost: int, shown: int | None):
    if shown == 0:
        return lambda n: n == 0
    if shown is not None:
        return lambda n: n >= LEAST and round_up(n) == shown
    return (lambda n: 0 < n < LEAST) if lost < LEAST else (lambda n: n > 0)


@given(flows())
@example(flow_of(1105, 1104, 1095))
def test_no_loss_is_shown_that_is_small_or_far_from_the_truth(flow: Flow):
    for step, row in zip(flow.steps, flow_rows(flow, PROFILE), strict=False):
        if 0 < step.lost < LEAST:
            assert (row.lost, row.lost_percent) == (None, None)
        if row.lost is not None:
            assert row.lost == 0 or row.lost >= LEAST
            assert row.lost % BASE == 0
            assert abs(row.lost - step.lost) <= BASE / 2
        assert row.remaining is None or (row.remaining >= LEAST and row.remaining % BASE == 0)


@given(flows())
@example(flow_of(1395, 1301, 1197, 1103, 1094))
@example(flow_of(115, 106, 97, 88, 79, 70, 61, 52, 43, 34))
def test_no_small_loss_follows_from_what_is_shown(flow: Flow):
    assert not flow_rows(flow, PROFILE) or wide_enough(flow)


@given(flows())
def test_percentages_follow_from_what_is_shown(flow: Flow):
    rows = flow_rows(flow, PROFILE)
    for row in rows:
        if row.lost is not None:
            assert row.lost_percent == round(100 * row.lost / rows[0].remaining)


@given(st.integers(60, 4000), st.integers(1, 9), st.integers(1, 9))
def test_small_losses_between_the_same_tens_cannot_be_told_apart(submitted: int, one: int, other: int):
    base = submitted // 10 * 10 + 4
    first, second = (flow_rows(flow_of(base, base - lost), PROFILE) for lost in (one, other))
    assert first == second or any(a.remaining != b.remaining for a, b in zip(first, second, strict=True))


@given(flows())
def test_what_is_left_never_grows(flow: Flow):
    left = [row.remaining or 0 for row in flow_rows(flow, PROFILE)]
    assert all(before >= after for before, after in pairwise(left))
