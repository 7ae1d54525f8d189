"""Epanechnikov matching by running moments agrees with the O(n·m) definition, ties and empty windows included."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from likeforlike.matching import kernel as module
from likeforlike.matching.kernel import epanechnikov, kernel_means

scores = st.one_of(
    st.integers(-12, 12).map(lambda k: k / 4),
    st.floats(-3, 3),
    st.integers(-3, 3).map(lambda k: 1000.0 * k + 0.125),
)
bandwidths = st.sampled_from([1e-5, 0.25, 0.3, 1.0, 10.0])


def some(least: int, most: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float64, st.integers(least, most), elements=scores)


@pytest.mark.parametrize("few", [0, module.FEW])
@given(at=some(1, 12), pool=some(0, 40), bandwidth=bandwidths)
def test_weights_and_means_are_the_definition(few: int, at: np.ndarray, pool: np.ndarray, bandwidth: float):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "FEW", few)
        found = epanechnikov(at, pool, bandwidth)
        values = np.cos(np.arange(len(pool)))
        means = kernel_means(at, pool, bandwidth, values)
    u = (at[:, None] - pool) / bandwidth
    kernel = np.maximum(1 - u * u, 0.0)
    total = kernel.sum(axis=1)
    some = total > 0
    assert (found.treated > 0).tolist() == some.tolist()
    expected = (kernel[some] / total[some, None]).sum(axis=0)
    np.testing.assert_allclose(found.pool, expected, rtol=1e-9, atol=1e-13)
    assert (found.pool[expected == 0] == 0).all()
    np.testing.assert_allclose(means[some], (kernel @ values)[some] / total[some], rtol=1e-9, atol=1e-10)
    assert np.isnan(means[~some]).all()


@given(some(1, 10), some(1, 30), bandwidths, st.randoms(use_true_random=False))
def test_order_of_people_does_not_matter(at: np.ndarray, pool: np.ndarray, bandwidth: float, random):
    shuffled = np.arange(len(pool))
    random.shuffle(shuffled)
    one, other = epanechnikov(at, pool, bandwidth), epanechnikov(at[::-1], pool[shuffled], bandwidth)
    np.testing.assert_allclose(other.pool, one.pool[shuffled], rtol=1e-9, atol=1e-13)
    assert other.treated.tolist() == one.treated[::-1].tolist()
