"""The two passes agree with the O(n·m) definition, ties and empty neighbourhoods included."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from likeforlike.matching.radius import local_means, pool_weights, windows

# A coarse grid makes ties and distances of exactly one calliper common.
scores = st.integers(-12, 12).map(lambda k: k / 4)
calipers = st.sampled_from([0.0, 0.25, 0.5, 1.0, 10.0])


def some(size: st.SearchStrategy[int]) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float64, size, elements=scores)


@given(some(st.integers(1, 12)), some(st.integers(0, 15)), calipers)
def test_weights_and_means_are_the_definition(at: np.ndarray, pool: np.ndarray, caliper: float):
    near = windows(at, pool, caliper)
    inside = np.abs(at[:, None] - pool[None, :]) <= caliper
    count = inside.sum(axis=1)
    assert near.count.tolist() == count.tolist()
    shares = np.divide(inside, count[:, None], where=count[:, None] > 0, out=np.zeros(inside.shape))
    np.testing.assert_allclose(pool_weights(near), shares.sum(axis=0), atol=1e-12)
    assert ((pool_weights(near) > 0) == (shares.sum(axis=0) > 0)).all()
    values = np.arange(len(pool)) ** 2.0
    with np.errstate(invalid="ignore"):
        np.testing.assert_allclose(local_means(near, values), (inside @ values) / count, atol=1e-9)


@given(some(st.integers(1, 12)), some(st.integers(1, 15)), calipers, st.randoms())
def test_order_of_people_does_not_matter(at: np.ndarray, pool: np.ndarray, caliper: float, random):
    shuffled = np.arange(len(pool))
    random.shuffle(shuffled)
    weights = pool_weights(windows(at, pool, caliper))
    np.testing.assert_allclose(
        pool_weights(windows(at, pool[shuffled], caliper)), weights[shuffled], atol=1e-12
    )


@given(some(st.integers(1, 12)), some(st.integers(0, 15)), calipers)
def test_weights_sum_to_the_matched(at: np.ndarray, pool: np.ndarray, caliper: float):
    near = windows(at, pool, caliper)
    np.testing.assert_allclose(pool_weights(near).sum(), (near.count > 0).sum(), atol=1e-9)
