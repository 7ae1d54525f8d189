"""Newcombe's Table II and R's ratesci, to the digits they print."""

import json
from pathlib import Path

import pytest

from likeforlike.estimates.rates import (
    miettinen_nurminen,
    miettinen_nurminen_ratio,
    newcombe,
    score_p_value,
)

GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "matching_golden.json").read_text())
PUBLISHED = {entry["id"]: entry for entry in GOLDEN["published_references"]}
RATESCI = GOLDEN["other_R"]["prop"]
METHODS = {"newcombe": newcombe, "miettinen_nurminen": miettinen_nurminen}


def limits(found):
    return found.low, found.high


@pytest.mark.parametrize("method", METHODS)
def test_newcombes_own_example(method: str):
    entry = PUBLISHED["newcombe-1998"]
    found = METHODS[method](56, 70, 48, 80)
    assert found.estimate == pytest.approx(0.2)
    assert limits(found) == pytest.approx(entry["value"][method], abs=entry["tolerance"])


@pytest.mark.parametrize("case", PUBLISHED["MN-small"]["value"])
def test_score_intervals_of_small_groups(case: str):
    entry = PUBLISHED["MN-small"]
    numbers = [float(number) for number in case.replace("-", "/").split("/")]
    assert limits(miettinen_nurminen(*numbers)) == pytest.approx(entry["value"][case], abs=entry["tolerance"])


@pytest.mark.parametrize("case", RATESCI)
def test_every_interval_of_ratesci(case: str):
    entry = RATESCI[case]
    numbers = [entry[name] for name in ("x1", "n1", "x2", "n2")]
    low, estimate, high = entry["miettinen_nurminen"]
    found = miettinen_nurminen(*numbers)
    # Printed to six decimals.
    assert (found.low, found.estimate, found.high) == pytest.approx((low, estimate, high), abs=5.1e-7)
    low, estimate, high = entry["newcombe_wilson_hybrid"]
    found = newcombe(*numbers)
    assert (found.low, found.estimate, found.high) == pytest.approx((low, estimate, high), abs=1e-12)
    low, estimate, high = map(float, entry["RR_miettinen_nurminen"])
    found = miettinen_nurminen_ratio(*numbers)
    assert (found.low, found.estimate, found.high) == pytest.approx((low, estimate, high), abs=5.1e-7)
    assert score_p_value(*numbers) == pytest.approx(entry["mn_p_two_sided"], abs=1e-9)
