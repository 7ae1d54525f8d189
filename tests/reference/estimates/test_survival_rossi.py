"""R's survival and survRM2 on Rossi's 432 people released from prison."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from likeforlike.estimates.survival import kaplan_meier, restricted_mean, restricted_mean_difference

DATA = Path(__file__).parents[1] / "data"
GOLDEN = json.loads((DATA / "matching_golden.json").read_text())
ROSSI = pl.read_csv(DATA / "rossi.csv")
RMST = next(e for e in GOLDEN["published_references"] if e["id"] == "rossi-rmst")
KM = GOLDEN["other_R"]["rossi_km"]


def arm(fin: int):
    people = ROSSI.filter(pl.col("fin") == fin)
    return people["week"].to_numpy().astype(float), people["arrest"].to_numpy() == 1


@pytest.mark.parametrize("fin", [0, 1])
def test_mean_time_to_a_year_of_each_arm(fin: int):
    mean, error = restricted_mean(*arm(fin), 52.0)
    expected = RMST["value"][f"arm{fin}"]
    assert mean == pytest.approx(expected["Est."], abs=1e-10)
    assert error == pytest.approx(expected["se"], abs=1e-10)


@pytest.mark.parametrize("weight", [1.0, 0.3])
def test_difference_of_the_mean_times(weight: float):
    found = restricted_mean_difference(arm(1), arm(0), 52.0, np.full(216, weight))
    expected = RMST["value"]["diff"]
    assert found.estimate == pytest.approx(expected["Est."], abs=1e-10)
    assert (found.conf_low, found.conf_high) == pytest.approx(
        (expected["lower .95"], expected["upper .95"]), abs=1e-9
    )
    assert found.p_value == pytest.approx(expected["p"], abs=1e-9)


@pytest.mark.parametrize("row", range(4))
def test_share_not_arrested_by_half_a_year_and_a_year(row: int):
    fin = int(KM["strata"][row][-1])
    found = kaplan_meier(*arm(fin), [KM["time"][row]])
    assert found.share[0] == pytest.approx(KM["surv"][row], abs=1e-12)
    assert found.std_error[0] == pytest.approx(KM["se"][row], abs=1e-12)
