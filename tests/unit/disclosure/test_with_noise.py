"""The headline rate from a noisy count: independent of the exact one, its interval honest about the noise."""

import numpy as np
import pytest

from likeforlike.disclosure.noise import Noisy
from likeforlike.disclosure.with_noise import row_with_noise

ROW = {
    "term": "reoffended", "n": 60, "n_comparison": 900, "effective_comparison": 300.0, "mean_comparison": 0.4,
    "mean_treated": 0.3, "events_treated": 18, "std_error": 0.06, "estimate": -0.1, "people_treated": 60,
    "largest_share": 0.1, "detectable": 0.2,
}  # fmt: skip


def test_nothing_depends_on_the_exact_count():
    other = ROW | {
        "mean_treated": 0.9,
        "events_treated": 54,
        "std_error": 0.01,
        "estimate": 0.5,
        "largest_share": 1.0,
    }
    noisy = Noisy("q", 20, 1.0)
    assert row_with_noise(ROW, noisy) == row_with_noise(other, noisy)


@pytest.mark.parametrize("value", range(0, 61, 5))
def test_p_and_interval_agree_and_stay_on_the_scale(value):
    row = row_with_noise(ROW, Noisy("q", value, 1.0))
    excludes = row["conf_low"] > 0 or row["conf_high"] < 0
    assert (row["p_value"] <= 0.05) == excludes
    assert -1 <= row["conf_low"] <= row["estimate"] <= row["conf_high"] <= 1


def test_less_epsilon_is_a_wider_interval():
    widths = [
        (row := row_with_noise(ROW, Noisy("q", 20, epsilon)))["conf_high"] - row["conf_low"]
        for epsilon in (0.2, 0.5, 1.0, 5.0)
    ]
    assert widths == sorted(widths, reverse=True)


def test_intervals_cover_with_the_noise_in_them():
    rng, people, covered = np.random.default_rng(4), 60, []
    keep = np.exp(-1.0)
    for _ in range(1000):
        events = rng.binomial(people, 0.3)
        noise = rng.geometric(1 - keep) - rng.geometric(1 - keep)
        value = int(min(max(events + noise, 0), people))
        comparison = rng.binomial(300, 0.3) / 300
        row = row_with_noise(ROW | {"mean_comparison": comparison}, Noisy("q", value, 1.0))
        covered.append(row["conf_low"] <= 0 <= row["conf_high"])
    assert 0.93 <= np.mean(covered) <= 0.975


def test_both_arms_of_a_trial_have_noise():
    row = row_with_noise(ROW | {"effective_comparison": 60.0}, Noisy("a", 20, 1.0), Noisy("b", 30, 1.0))
    assert (row["mean_treated"], row["mean_comparison"]) == (pytest.approx(1 / 3), 0.5)
