"""Quasi-Poisson against the closed form, a general fit, and hand values without events."""

import numpy as np
import pytest
from scipy import stats

from likeforlike.estimates.frequency import compare_frequency

TREATED = np.array([0.0, 0, 0, 1, 4, 0, 2, 0, 0, 1])
POOL = np.array([0.0, 3, 0, 1, 0, 0, 8, 2, 0, 1, 0, 0, 5, 1, 0, 0, 2, 0])
ONES = np.ones(len(POOL))


def quasi_poisson(count, design, weight):
    """Coefficients, their errors and the dispersion by iterated least squares."""
    line = np.log(np.full(len(count), np.average(count, weights=weight)))
    for _ in range(50):
        mean = np.exp(line)
        working = line + (count - mean) / mean
        inverse = np.linalg.inv(design.T @ (design * (weight * mean)[:, None]))
        beta = inverse @ (design.T @ (weight * mean * working))
        line = design @ beta
    mean = np.exp(line)
    dispersion = (weight * (count - mean) ** 2 / mean).sum() / (weight.sum() - design.shape[1])
    return beta, np.sqrt(dispersion * np.diag(inverse)), dispersion


def test_equal_weights_are_the_quasi_poisson_regression():
    found = compare_frequency(TREATED, POOL, 0.4 * ONES)
    count, group = np.r_[TREATED, POOL], np.r_[np.ones(10), np.zeros(18)]
    design = np.column_stack([np.ones(28), group])
    beta, error, dispersion = quasi_poisson(count, design, np.ones(28))
    assert np.log(found.ratio.estimate) == pytest.approx(beta[1], abs=1e-10)
    assert found.log_error == pytest.approx(error[1], abs=1e-10)
    assert found.dispersion == pytest.approx(dispersion, abs=1e-10)
    t = stats.t.ppf(0.975, 26)
    assert np.log([found.ratio.low, found.ratio.high]) == pytest.approx(
        beta[1] + [-t * error[1], t * error[1]]
    )
    assert found.p_value == pytest.approx(2 * stats.t.sf(abs(beta[1] / error[1]), 26))


def test_by_hand():
    treated, pool = np.array([0.0, 2, 1, 1]), np.array([0.0, 4, 2, 2, 2, 2])
    found = compare_frequency(treated, pool, np.full(6, 4 / 6))
    # Pearson: 2 / 1 in treatment, 8 / 2 in comparison; 8 degrees of freedom; 4 and 12 events.
    assert found.dispersion == pytest.approx(6 / 8)
    assert found.log_error == pytest.approx(np.sqrt(0.75 * (1 / 4 + 1 / 12)))
    assert found.log_error_robust == pytest.approx(np.sqrt(2 / 16 * 4 / 3 + 8 / 144 * 6 / 5))
    assert found.difference.estimate == pytest.approx(-100)
    t = stats.t.ppf(0.975, 8)
    first, second = (np.exp(t * np.sqrt(0.75 / events)) for events in (4, 12))
    down = np.hypot(1 - 1 / first, 2 * second - 2)
    assert found.difference.low == pytest.approx(-100 - 100 * down)


def test_unequal_weights_count_as_effective_people():
    weight = np.r_[np.full(9, 0.8), np.full(9, 0.2)]
    found = compare_frequency(TREATED, POOL, weight)
    effective = 9.0**2 / (9 * 0.64 + 9 * 0.04)
    scaled = weight * effective / weight.sum()
    count, group = np.r_[TREATED, POOL], np.r_[np.ones(10), np.zeros(18)]
    design = np.column_stack([np.ones(28), group])
    beta, error, dispersion = quasi_poisson(count, design, np.r_[np.ones(10), scaled])
    assert np.log(found.ratio.estimate) == pytest.approx(beta[1], abs=1e-10)
    assert found.log_error == pytest.approx(error[1], abs=1e-10)
    assert found.dispersion == pytest.approx(dispersion, abs=1e-10)


def test_the_scale_of_weights_and_those_without_do_not_matter():
    there = compare_frequency(TREATED, POOL, ONES)
    back = compare_frequency(TREATED, np.r_[POOL, 99.0], np.r_[5 * ONES, 0.0], np.full(10, 3.0))
    assert back.ratio.low == pytest.approx(there.ratio.low)
    assert back.difference.high == pytest.approx(there.difference.high)
    assert back.log_error_robust == pytest.approx(there.log_error_robust)


def test_participants_without_events_have_an_exact_upper_limit():
    pool = np.array([0.0, 1, 1, 0, 1, 0, 1, 0, 1, 1])
    found = compare_frequency(np.zeros(5), pool, np.ones(10))
    # Six events, less dispersed than Poisson: all six fall on the ten by chance with share 10/15 each.
    assert found.dispersion == 1
    assert (found.ratio.estimate, found.ratio.low) == (0, 0)
    share = stats.beta.ppf(0.975, 1, 6)
    assert found.ratio.high == pytest.approx(share / (1 - share) * 10 / 5)
    assert found.p_value == pytest.approx(2 * (10 / 15) ** 6)
    assert found.difference.low < found.difference.estimate < found.difference.high
    assert found.difference.estimate == pytest.approx(-60)
    # Garwood's limit of no events in five people, beside the comparison's own.
    low = 0.6 * np.exp(-stats.t.ppf(0.975, 9) * np.sqrt(1 / 6))
    garwood = stats.chi2.ppf(0.975, 2) / 2 / 5
    assert found.difference.high == pytest.approx(-60 + 100 * np.hypot(garwood, 0.6 - low))
    assert "participants" in found.reason


def test_counts_that_vary_more_loosen_the_exact_limit():
    even, uneven = np.array([1.0] * 6 + [0] * 4), np.array([6.0] + [0] * 9)
    narrow = compare_frequency(np.zeros(5), even, np.ones(10))
    wide = compare_frequency(np.zeros(5), uneven, np.ones(10))
    assert wide.ratio.high > narrow.ratio.high
    assert wide.p_value > narrow.p_value


def test_a_comparison_group_without_events_leaves_the_ratio_open():
    found = compare_frequency(np.array([0.0, 1, 1, 0, 1, 0, 1, 0, 1, 1]), np.zeros(5), np.ones(5))
    mirror = compare_frequency(np.zeros(5), np.array([0.0, 1, 1, 0, 1, 0, 1, 0, 1, 1]), np.ones(10))
    assert found.ratio.estimate == found.ratio.high == np.inf
    assert found.ratio.low == pytest.approx(1 / mirror.ratio.high)
    assert found.p_value == pytest.approx(mirror.p_value)
    assert found.difference.low == pytest.approx(-mirror.difference.high)
    assert "comparison group" in found.reason


@pytest.mark.parametrize(
    ("treated", "pool", "reason"),
    [
        ([], [1.0, 2.0], "nobody"),
        ([0.0, 0.0], [0.0, 0.0, 0.0], "Nobody in either group had an event"),
        ([1.0], [1.0], "too few people"),
        ([0.0, 0.0], [1.0], "too few people"),
        ([1.0, 1.0], [2.0, 2.0, 2.0], "the same number"),
    ],
)
def test_what_cannot_be_known_says_why(treated, pool, reason):
    found = compare_frequency(np.array(treated), np.array(pool), np.ones(len(pool)))
    assert reason in found.reason
    assert np.isnan([found.ratio.low, found.ratio.high, found.p_value, found.difference.low]).all()


def test_no_reason_is_given_for_a_known_result():
    assert compare_frequency(TREATED, POOL, ONES).reason == ""
