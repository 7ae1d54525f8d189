"""Adjusted p-values of any p-values, unknown ones among them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from likeforlike.estimates.multiplicity import benjamini_hochberg, holm

p_values = arrays(
    np.float64,
    st.integers(0, 12),
    elements=st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.01, 0.05, 1.0, np.nan])),
)
both = pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])


@both
@given(p_values)
def test_adjusted_are_larger_in_the_same_order_and_unknown_ones_stay(adjust, p):
    found = adjust(p)
    known = ~np.isnan(p)
    assert (np.isnan(found) == ~known).all()
    assert (found[known] >= p[known]).all()
    assert (found[known] <= 1).all()
    in_order = found[known][np.argsort(p[known], kind="stable")]
    assert (np.diff(in_order) >= 0).all()
    assert found[known].tolist() == adjust(p[known]).tolist()


@both
@given(p_values, st.randoms())
def test_order_does_not_matter(adjust, p, random):
    shuffled = np.arange(len(p))
    random.shuffle(shuffled)
    np.testing.assert_array_equal(adjust(p[shuffled]), adjust(p)[shuffled])


@given(p_values)
def test_by_definition(p):
    known = p[~np.isnan(p)]
    tests = len(known)
    ranked = np.sort(known)
    down = [max((tests - k) * ranked[k] for k in range(j + 1)) for j in range(tests)]
    up = [min(tests / (k + 1) * ranked[k] for k in range(j, tests)) for j in range(tests)]
    order = np.argsort(known, kind="stable")
    assert holm(known)[order] == pytest.approx(np.minimum(down, 1))
    assert benjamini_hochberg(known)[order] == pytest.approx(np.minimum(up, 1))


@given(p_values)
def test_false_discovery_is_never_the_stricter(p):
    known = ~np.isnan(p)
    assert (benjamini_hochberg(p)[known] <= holm(p)[known] + 1e-12).all()
