"""Epanechnikov matching keeps its digits: small bandwidths, far strata, people at the very edge, large crowds."""

import numpy as np
import pytest

from likeforlike.matching import kernel as module
from likeforlike.matching.kernel import epanechnikov, kernel_means


def by_definition(at: np.ndarray, pool: np.ndarray, bandwidth: float) -> np.ndarray:
    u = (at[:, None] - pool) / bandwidth
    return np.maximum(1 - u * u, 0.0)


def weights_by_definition(at: np.ndarray, pool: np.ndarray, bandwidth: float) -> np.ndarray:
    kernel = by_definition(at, pool, bandwidth)
    total = kernel.sum(axis=1)
    return (kernel[total > 0] / total[total > 0, None]).sum(axis=0)


@pytest.mark.parametrize("shift", [0.0, 1e3])
@pytest.mark.parametrize("bandwidth", [1.0, 0.2, 0.01, 1e-3, 1e-5])
def test_no_digits_are_lost(bandwidth: float, shift: float):
    rng = np.random.default_rng(3)
    at = rng.normal(0.5, 1, 150) + shift * rng.integers(0, 3, 150)
    pool = rng.normal(0, 1, 8000) + shift * rng.integers(0, 3, 8000)
    # Some have somebody within the smallest bandwidth too.
    at[:40] = pool[:40] + bandwidth * rng.uniform(-0.9, 0.9, 40)
    values = rng.normal(size=8000)
    found = epanechnikov(at, pool, bandwidth)
    expected = weights_by_definition(at, pool, bandwidth)
    np.testing.assert_allclose(found.pool, expected, rtol=1e-9, atol=0)
    assert found.treated.sum() == pytest.approx(found.pool.sum(), rel=1e-12)
    kernel = by_definition(at, pool, bandwidth)
    some = kernel.sum(axis=1) > 0
    means = kernel_means(at, pool, bandwidth, values)
    assert np.isnan(means).tolist() == (~some).tolist()
    np.testing.assert_allclose(means[some], (kernel @ values)[some] / kernel.sum(axis=1)[some], atol=1e-10)


def test_one_at_the_very_edge_does_not_blur_the_others():
    rng = np.random.default_rng(4)
    crowd = rng.normal(0, 0.1, 300)
    at = np.concatenate([[-5.0], crowd])
    pool = np.concatenate([[-5.0 + 0.2 * (1 - 1e-13)], rng.normal(0, 0.1, 3000)])
    np.testing.assert_allclose(
        epanechnikov(at, pool, 0.2).pool, weights_by_definition(at, pool, 0.2), rtol=1e-9
    )


def test_a_crowd_at_the_very_edge():
    at, pool = np.array([0.0, 0.1]), np.full(200, 1 - 1e-9)
    found = epanechnikov(at, pool, 1.0)
    np.testing.assert_allclose(found.pool, np.full(200, 0.01), rtol=1e-9)


def test_support_is_open():
    found = epanechnikov(np.array([0.0]), np.array([0.5, -0.5]), 0.5)
    assert found.treated.tolist() == [0.0]
    assert found.pool.tolist() == [0.0, 0.0]
    assert np.isnan(kernel_means(np.array([0.0]), np.array([0.5]), 0.5, np.array([1.0]))).all()


@pytest.mark.parametrize(("at", "pool"), [([], [1.0]), ([1.0], []), ([], [])])
def test_empty_sides(at: list, pool: list):
    at, pool = np.array(at), np.array(pool)
    found = epanechnikov(at, pool, 1.0)
    assert found.treated.tolist() == [0.0] * len(at)
    assert found.pool.tolist() == [0.0] * len(pool)
    assert np.isnan(kernel_means(at, pool, 1.0, np.zeros(len(pool)))).tolist() == [True] * len(at)


def test_size_of_the_stretches_does_not_matter(monkeypatch: pytest.MonkeyPatch):
    rng = np.random.default_rng(5)
    at, pool, values = rng.normal(size=60), rng.normal(size=900), rng.normal(size=900)
    whole = epanechnikov(at, pool, 0.3).pool, kernel_means(pool, pool, 0.02, values)
    for name in ("PLACES_AT_ONCE", "PAIRS_AT_ONCE", "BLOCK"):
        monkeypatch.setattr(module, name, 7)
    np.testing.assert_allclose(epanechnikov(at, pool, 0.3).pool, whole[0], rtol=1e-12)
    np.testing.assert_allclose(kernel_means(pool, pool, 0.02, values), whole[1], rtol=1e-9)
