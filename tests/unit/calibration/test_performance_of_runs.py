"""Bias, errors, coverage, false positives and power of runs written by hand."""

import math

import polars as pl
import pytest

from likeforlike.calibration.certificate import performance

NAN = float("nan")


def run(replication, effect, truth, estimate, error, p, method="primary"):
    low, high = estimate - 2 * error, estimate + 2 * error
    return {
        "size": 60, "strength": 0.5, "replication": replication, "term": "rate", "method": method,
        "effect": effect, "truth": truth, "estimate": estimate, "std_error": error,
        "conf_low": low, "conf_high": high, "p_value": p,
    }  # fmt: skip


RUNS = pl.DataFrame(
    [
        run(0, 0.0, 0.0, 1.0, 1.0, 0.3), run(0, 0.1, -4.0, -3.0, 1.0, 0.01),
        run(1, 0.0, 0.0, -1.0, 3.0, 0.8), run(1, 0.1, -4.0, -5.0, 3.0, 0.2),
        run(2, 0.0, 0.0, 3.0, 1.0, 0.01), run(2, 0.1, -4.0, -1.0, 1.0, 0.3),
        run(3, 0.0, 0.0, 1.0, 1.0, 0.3), run(3, 0.1, -6.0, -5.0, 1.0, 0.01),
        run(4, 0.0, 0.0, NAN, NAN, NAN), run(4, 0.1, 0.0, NAN, NAN, NAN),
        run(4, 0.0, 0.0, NAN, NAN, NAN, "aipw"),
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def cells():
    return {row["method"]: row for row in performance(RUNS).to_dicts()}


def test_figures_and_their_monte_carlo_errors(cells):
    row = cells["primary"]
    spread = math.sqrt(8 / 3)
    expected = {
        "replications": 4, "refused": 1,
        "bias": 1.0, "bias_error": spread / 2, "empirical_se": spread, "empirical_se_error": spread / math.sqrt(6),
        "model_se": math.sqrt(3.0),
        "coverage": 0.75, "coverage_error": math.sqrt(3 / 16) / 2,
        "false_positives": 0.25, "false_positives_error": math.sqrt(3 / 16) / 2,
        "effect": -4.5, "power": 0.5, "power_error": 0.25,
    }  # fmt: skip
    assert {k: row[k] for k in expected} == pytest.approx(expected)


def test_an_estimator_that_never_worked_is_told_as_refused(cells):
    row = cells["aipw"]
    assert (row["replications"], row["refused"], row["bias"], row["coverage"]) == (0, 1, None, None)


@pytest.mark.parametrize(("p_value", "alarms"), [(0.5, 0.0), (0.01, 1.0)])
def test_a_share_of_none_or_all_still_has_an_error(p_value, alarms):
    """Agresti and Coull's 2 in 24 has an error of 5.6 percentage points."""
    rows = [run(k, effect, 0.0, 0.0, 1.0, p_value) for k in range(20) for effect in (0.0, 0.1)]
    row = performance(pl.DataFrame(rows)).row(0, named=True)
    expected = math.sqrt(2 / 24 * 22 / 24 / 24)
    assert (row["false_positives"], row["coverage"], row["power"]) == (alarms, 1.0, alarms)
    errors = [row[f"{share}_error"] for share in ("false_positives", "coverage", "power")]
    assert errors == pytest.approx([expected] * 3)
