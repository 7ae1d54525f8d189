"""Every profile, any input: monotone, the same again, whatever the order, and nothing small is ever shown."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.disclosure.counts import is_rounded, rounded, rounding_range, shown
from likeforlike.disclosure.noise import affordable
from likeforlike.disclosure.profiles import (
    Count,
    Interval,
    Mean,
    NoRule,
    PValue,
    Quantile,
    Rate,
    Ratio,
    Support,
    protect,
)
from likeforlike.labs.definition import DisclosureProfile

PROFILES = [
    DisclosureProfile.model_validate(keys)
    for keys in (
        *({"profile": name} for name in ("lab", "opensafely", "nhs-hes", "ons-10-5", "census-drb")),
        {"profile": "opensafely", "rounding": "midpoint-6"},
    )
]
profiles = st.sampled_from(PROFILES)
counts = st.one_of(st.integers(0, 200), st.integers(0, 3_000_000))
values = st.lists(st.integers(0, 400), min_size=1, max_size=80)


@given(profiles, counts, counts)
def test_more_people_never_look_fewer(profile, one, other):
    low, high = sorted((one, other))
    assert rounded(low, profile) <= rounded(high, profile)


@given(profiles, counts)
def test_a_range_is_exactly_what_gives_its_figure(profile, count):
    figure = rounded(count, profile)
    least, most = rounding_range(figure, profile)
    assert least <= count <= most
    assert rounded(max(least, 0), profile) == figure == rounded(most, profile)
    assert rounded(most + 1, profile) != figure
    assert least <= 0 or rounded(least - 1, profile) != figure
    assert is_rounded(figure, profile)


@given(profiles, st.integers(1, 60))
def test_a_count_shown_stands_for_several_and_a_small_one_is_never_shown(profile, count):
    figures = protect(Count(count), profile).figures
    assert (figures == ()) == (count < profile.hide_below)
    if figures:
        least, most = rounding_range(int(figures[0]), profile)
        assert most - max(least, profile.hide_below) >= 2
    assert shown(count, profile) == (figures[0] if figures else None)


@given(profiles, st.integers(0, 300), st.integers(0, 300))
def test_a_rate_that_is_shown_has_enough_on_either_side(profile, one, other):
    events, people = sorted((one, other))
    found = protect(Rate(events, people), profile)
    enough = min(events, people - events) >= profile.band_below and people >= profile.hide_below
    assert bool(found.figures) == enough
    assert all(0 <= rate <= 100 for rate in found.figures)


@given(profiles, values, st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), st.randoms())
def test_order_does_not_matter(profile, values, share, random):
    mixed = list(values)
    random.shuffle(mixed)
    assert protect(Mean(mixed), profile) == protect(Mean(values), profile)
    assert protect(Quantile(mixed, share), profile) == protect(Quantile(values, share), profile)


@given(profiles, values, st.sampled_from([0.25, 0.5, 0.75]))
def test_a_quantile_that_is_shown_grows_with_the_values(profile, values, share):
    now = protect(Quantile(values, share), profile).figures
    later = protect(Quantile(np.array(values) + 5, share), profile).figures
    assert len(now) == len(later)
    assert now <= later


@given(profiles, st.integers(0, 200), st.integers(1, 60), st.integers(0, 30))
def test_a_model_on_few_people_shows_nothing(profile, people, parameters, fewest):
    support = Support(people, parameters, fewest)
    enough = (
        people - parameters >= profile.freedom and 3 * parameters <= people and fewest >= profile.band_below
    )
    for statistic in (Ratio(1.2345, support), Interval(-3.21, 4.0, 0, support), PValue(0.0504, support)):
        assert bool(protect(statistic, profile).figures) == enough
    if enough:
        assert protect(PValue(0.0501, support), profile).figures == (0.051,)
        assert protect(Ratio(1.2345, support), profile).figures == (1.2,)
        assert protect(Interval(-3.21, 4.0, 0, support), profile).figures == (-3.0, 4.0)
        assert not protect(Ratio(float("inf"), support), profile).figures
        assert not protect(Ratio(1.2, Support(people, parameters, fewest, saturated=True)), profile).figures


@pytest.mark.parametrize("thing", [7, "38%", [1, 2], None, object()])
def test_what_has_no_rule_is_not_released(thing):
    with pytest.raises(NoRule, match="no disclosure rule"):
        protect(thing, PROFILES[0])


@given(st.lists(st.integers(0, 40)), st.integers(0, 40), st.integers(0, 400))
def test_a_budget_is_whole_number_arithmetic_in_hundredths(spent, asked, budget):
    found = affordable([part / 100 for part in spent], asked / 100, budget / 100)
    assert found == (sum(spent) + asked <= budget)
