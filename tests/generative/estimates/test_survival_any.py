"""Curves and mean times against their definitions, for any times, ties, losses and weights."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from likeforlike.estimates.survival import cumulative_incidence, kaplan_meier, restricted_mean

people = st.integers(2, 14).flatmap(
    lambda n: st.tuples(
        # Few distinct days make ties common.
        st.lists(st.integers(0, 7), min_size=n, max_size=n).map(lambda t: np.array(t, dtype=float)),
        st.lists(st.sampled_from(["event", "other", "lost"]), min_size=n, max_size=n).map(np.array),
        st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, 3.0]), min_size=n, max_size=n).map(np.array),
    )
)
DAYS = np.arange(0.0, 8.0)


def by_definition(time, kind, weight, day):
    """Incidence of the event by a day, one step after the other."""
    left, reached = 1.0, 0.0
    for t in sorted(set(time[time <= day])):
        at_risk = weight[time >= t].sum()
        if at_risk == 0:
            break
        events, others = (weight[(time == t) & (kind == k)].sum() for k in ("event", "other"))
        reached += left * events / at_risk
        left *= 1 - (events + others) / at_risk
    return reached


@given(people)
def test_incidence_is_its_definition(group):
    time, kind, weight = group
    assume(weight.any())
    found = cumulative_incidence(time, kind == "event", DAYS, weight, kind == "other")
    known = ~np.isnan(found.share)
    expected = [by_definition(time, kind, weight, day) for day in DAYS]
    assert found.share[known] == pytest.approx(np.array(expected)[known], abs=1e-12)
    assert (np.diff(found.share[known]) >= -1e-12).all()
    assert (found.conf_low[known] <= found.share[known] + 1e-12).all()
    assert (found.share[known] <= found.conf_high[known] + 1e-12).all()
    assert ((found.conf_low[known] >= 0) & (found.conf_high[known] <= 1)).all()


@given(people)
@settings(max_examples=60)
def test_its_error_is_the_infinitesimal_jackknife(group):
    time, kind, weight = group
    assume(weight.any())
    event, other, step = kind == "event", kind == "other", 1e-5
    found = cumulative_incidence(time, event, DAYS, weight, other)
    slopes = np.zeros((len(time), len(DAYS)))
    for i in np.flatnonzero(weight):
        moved = [weight + sign * step * (np.arange(len(time)) == i) for sign in (1, -1)]
        up, down = (cumulative_incidence(time, event, DAYS, w, other).share for w in moved)
        slopes[i] = (up - down) / (2 * step)
    expected = np.sqrt(((weight[:, None] * slopes) ** 2).sum(axis=0))
    known = ~np.isnan(found.share)
    assert found.std_error[known] == pytest.approx(expected[known], abs=1e-6)


@given(people, st.integers(1, 7))
def test_mean_time_is_the_area_and_its_error_the_jackknife(group, tau):
    time, kind, weight = group
    event, step = kind == "event", 1e-5
    mean, error = restricted_mean(time, event, tau, weight)
    assume(not np.isnan(mean))
    days = np.arange(tau)
    shares = np.nan_to_num(kaplan_meier(time, event, days, weight).share)
    assert mean == pytest.approx(shares.sum(), abs=1e-12)
    slopes = np.zeros(len(time))
    for i in np.flatnonzero(weight):
        moved = [weight + sign * step * (np.arange(len(time)) == i) for sign in (1, -1)]
        up, down = (restricted_mean(time, event, tau, w)[0] for w in moved)
        slopes[i] = (up - down) / (2 * step)
    assert error == pytest.approx(np.sqrt(((weight * slopes) ** 2).sum()), abs=1e-6)


@given(people, st.integers(1, 9))
def test_with_everyone_followed_it_is_the_mean_of_the_shorter_time(group, tau):
    time, _, weight = group
    assume(weight.any())
    reached = np.minimum(time, tau)
    mean, error = restricted_mean(reached, time < tau, tau, weight)
    average = np.average(reached, weights=weight)
    assert mean == pytest.approx(average, abs=1e-12)
    # Without losses each person adds the distance from the mean.
    expected = np.sqrt((weight**2 * (reached - average) ** 2).sum()) / weight.sum()
    assert error == pytest.approx(expected, abs=1e-10)


@given(people)
def test_equal_weights_give_greenwoods_error(group):
    time, kind, _ = group
    event = kind == "event"
    found = kaplan_meier(time, event, DAYS, np.full(len(time), 0.7))
    for day, share, error in zip(DAYS, found.share, found.std_error, strict=True):
        if not share > 1e-9:
            continue
        at = sorted(set(time[event & (time <= day)]))
        y = np.array([(time >= t).sum() for t in at])
        d = np.array([((time == t) & event).sum() for t in at])
        assert error == pytest.approx(share * np.sqrt((d / (y * (y - d))).sum()), abs=1e-12)


@given(people, st.randoms())
def test_order_of_people_does_not_matter(group, random):
    time, kind, weight = group
    assume(weight.any())
    shuffled = np.arange(len(time))
    random.shuffle(shuffled)
    there = cumulative_incidence(time, kind == "event", DAYS, weight, kind == "other")
    back = cumulative_incidence(
        time[shuffled], kind[shuffled] == "event", DAYS, weight[shuffled], kind[shuffled] == "other"
    )
    np.testing.assert_allclose(there.share, back.share, atol=1e-12)
    np.testing.assert_allclose(there.std_error, back.std_error, atol=1e-12)
