"""Nearest neighbours agree with their plain definitions, ties and empty sides included."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from likeforlike.matching.nearest import nearest

# Quarters make ties common and their distances exact.
scores = st.integers(-12, 12).map(lambda k: k / 4)
callipers = st.sampled_from([None, 0.0, 0.25, 1.0])
ratios = st.integers(1, 4)


def some(least: int, most: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float64, st.integers(least, most), elements=scores)


def weights(pairs: list[tuple[int, int]], participants: int, pool: int) -> tuple[np.ndarray, np.ndarray]:
    treated, weight = np.zeros(participants), np.zeros(pool)
    for i, j in pairs:
        treated[i] = 1
        weight[j] += 1 / sum(p == i for p, _ in pairs)
    return treated, weight


@given(some(0, 10), some(0, 15), ratios, callipers)
def test_with_replacement(at: np.ndarray, pool: np.ndarray, ratio: int, caliper: float | None):
    expected = []
    for i, own in enumerate(at):
        gap = np.abs(pool - own)
        furthest = np.sort(gap)[: min(ratio, len(gap))].max(initial=-1)
        reach = np.inf if caliper is None else caliper
        expected += [(i, int(j)) for j in np.flatnonzero((gap <= furthest) & (gap <= reach))]
    found = nearest(at, pool, ratio=ratio, caliper=caliper)
    assert sorted(zip(*found.pairs, strict=True)) == expected
    treated, weight = weights(expected, len(at), len(pool))
    assert found.treated.tolist() == treated.tolist()
    np.testing.assert_allclose(found.pool, weight, atol=1e-12)


@given(some(0, 10), some(0, 15), ratios, callipers)
def test_without_replacement(at: np.ndarray, pool: np.ndarray, ratio: int, caliper: float | None):
    free, expected = set(range(len(pool))), []
    waiting = sorted(range(len(at)), key=lambda i: (-at[i], i))
    for _ in range(ratio):
        still = []
        for i in waiting:
            # Equally near: the lower score first; of equal scores the next in place, or the last when below.
            def key(j: int, own: float = at[i]) -> tuple[float, float, int]:
                return abs(pool[j] - own), pool[j], j if pool[j] >= own else -j

            best = min(free, key=key, default=None)
            if best is None or (caliper is not None and abs(pool[best] - at[i]) > caliper):
                continue
            free.remove(best)
            expected.append((i, best))
            still.append(i)
        waiting = still
    found = nearest(at, pool, ratio=ratio, replace=False, caliper=caliper)
    assert sorted(zip(*found.pairs, strict=True)) == sorted(expected)
    treated, weight = weights(expected, len(at), len(pool))
    assert found.treated.tolist() == treated.tolist()
    np.testing.assert_allclose(found.pool, weight, atol=1e-12)


@given(some(1, 10), some(1, 15), ratios, st.randoms(use_true_random=False))
def test_with_replacement_order_of_people_does_not_matter(
    at: np.ndarray, pool: np.ndarray, ratio: int, random
):
    shuffled = np.arange(len(pool))
    random.shuffle(shuffled)
    one, other = nearest(at, pool, ratio=ratio), nearest(at[::-1], pool[shuffled], ratio=ratio)
    np.testing.assert_allclose(other.pool, one.pool[shuffled], atol=1e-12)
