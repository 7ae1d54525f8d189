"""Whoever had it when: no step of a curve is shallow, and nobody's own day can be worked out."""

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from likeforlike.disclosure.timing import RoundedCurve, deep_steps, least_rise, timing_rows
from support.curves import LAB, MONTH, curves_of, group_rows

PROFILE = LAB.disclosure
BASE, LEAST = PROFILE.round_counts_to, PROFILE.hide_below
MONTHS = 6
Counts = tuple[int, ...]


@st.composite
def groups(draw: st.DrawFn, months: int = MONTHS, most: int = 60) -> tuple[Counts, int]:
    """Cumulative counts by month, and the people of the group."""
    steps = draw(st.lists(st.integers(0, most), min_size=months, max_size=months))
    counts = tuple(sum(steps[: i + 1]) for i in range(months))
    return counts, counts[-1] + draw(st.integers(0, 300)) + 10


def rounded_curve(counts: Counts, people: int) -> RoundedCurve:
    return RoundedCurve.of(group_rows(counts, people), people, counts[-1] / people, PROFILE)


@given(groups(), groups())
def test_steps_are_deep_figures_never_fall_and_the_end_is_the_rate(ours, others):
    curves, estimates, shown = curves_of(*ours, *others)
    rows = timing_rows(curves, estimates, [shown], PROFILE)
    assert rows == timing_rows(curves.sample(fraction=1, shuffle=True, seed=1), estimates, [shown], PROFILE)
    if not rows:
        return
    assert not shown.withheld
    assert (rows[-1].treatment, rows[-1].comparison) == (shown.treatment, shown.comparison)
    for counts, people in (ours, others):
        at = [0, *(counts[row.day // MONTH - 1] for row in rows)]
        assert all(after - before >= LEAST for before, after in pairwise(at))
        assert people - at[-1] >= LEAST
    for before, after in pairwise(rows):
        assert before.day < after.day
        assert before.treatment <= after.treatment
        assert before.comparison <= after.comparison


@given(groups(), st.integers(0, MONTHS - 2))
def test_one_persons_day_moves_one_rounded_number_by_one_base_at_most(group, month):
    counts, people = group
    if counts[month + 1] == counts[month]:
        return
    moved = (*counts[:month], counts[month] + 1, *counts[month + 1 :])
    before, after = (rounded_curve(c, people) for c in (counts, moved))
    changes = [abs(a - b) for a, b in zip(before.effective, after.effective, strict=True)]
    assert sum(change > 0 for change in changes) <= 1
    assert max(changes) <= BASE


@given(groups(), groups(), st.data())
def test_what_is_shown_follows_from_rounded_numbers_and_the_rates_alone(ours, others, data):
    counts, people = ours
    curves, estimates, shown = curves_of(counts, people, *others)
    other = []
    for i, count in enumerate(counts[:-1]):
        low = max(BASE * ((count + BASE // 2) // BASE) - BASE // 2, other[-1] if i else 0)
        high = min(BASE * ((count + BASE // 2) // BASE) + BASE // 2 - 1, counts[-1])
        other.append(data.draw(st.integers(low, high)))
    instead = curves_of((*other, counts[-1]), people, *others)
    assert timing_rows(*instead[:2], [shown], PROFILE) == timing_rows(curves, estimates, [shown], PROFILE)


@settings(max_examples=30)
@given(groups(months=3, most=30))
@example(((15, 25, 45), 60))
@example(((20, 40, 60), 70))
def test_whoever_knows_the_group_and_its_end_still_has_ten_numbers_for_each_month(group):
    counts, people = group
    deep = rounded_curve((1000, 2000, 3000), 4000)  # a comparison group that holds nothing back

    def told(some: Counts) -> tuple[tuple[int, int], ...]:
        curve = rounded_curve(some, people)
        kept = deep_steps((curve, deep), least_rise(PROFILE))
        return tuple((i, curve.effective[i]) for i in kept)

    end = counts[-1]
    seen = told(counts) if end else ()
    if not seen:
        return
    alike = [(a, b) for a in range(end + 1) for b in range(a, end + 1) if told((a, b, end)) == seen]
    for month in ({a for a, _ in alike}, {b - a for a, b in alike}, {end - b for _, b in alike}):
        assert len(month) >= BASE
    shown = [i for i, _ in seen[:-1]]
    assert all(
        pair[i] - (pair[i - 1] if i and i - 1 in shown else 0) >= LEAST for pair in alike for i in shown
    )
