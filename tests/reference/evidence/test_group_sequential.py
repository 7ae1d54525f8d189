"""Group-sequential limits against R's rpact and the tables of Jennison and Turnbull."""

import json
from pathlib import Path

import numpy as np
import pytest

from likeforlike.evidence.looks.exits import exit_chances
from likeforlike.evidence.looks.limits import equal_looks, spending_limits, spent

VALUES = json.loads((Path(__file__).parents[1] / "data" / "group_sequential.json").read_text())
SHAPES = ("obrien_fleming", "pocock")
POCOCK = {1: 1.960, 2: 2.178, 3: 2.289, 4: 2.361, 5: 2.413, 6: 2.453, 7: 2.485, 8: 2.512, 9: 2.535, 10: 2.555}
OBRIEN_FLEMING = {1: 1.960, 2: 1.977, 3: 2.004, 4: 2.024, 5: 2.040, 6: 2.053, 7: 2.063, 8: 2.072, 9: 2.080}
OBRIEN_FLEMING |= {10: 2.087}
"""Jennison & Turnbull 2000, Group Sequential Methods, tables 2.1 and 2.3, two-sided 5%."""


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("looks", range(2, 11))
def test_equal_looks_as_rpact(shape, looks):
    assert equal_looks(looks, shape) == pytest.approx(VALUES[shape][str(looks)], abs=1e-6)


@pytest.mark.parametrize(("looks", "limit"), POCOCK.items())
def test_pocock_as_printed(looks, limit):
    assert round(float(equal_looks(looks, "pocock")[0]), 3) == limit


@pytest.mark.parametrize(("looks", "limit"), OBRIEN_FLEMING.items())
def test_obrien_fleming_as_printed(looks, limit):
    found = equal_looks(looks, "obrien_fleming")
    assert round(float(found[-1]), 3) == limit
    assert found == pytest.approx(found[-1] * np.sqrt(looks / np.arange(1, looks + 1)))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("number", range(4))
def test_spending_as_rpact(shape, number):
    r = VALUES[f"spending_{shape}"][number]
    found = spending_limits(r["at"], shape)
    # Beyond 5 standard errors rpact searches less finely than the tiny level asks; the identity below holds there too.
    near = [i for i, limit in enumerate(r["limits"]) if limit < 5]
    assert found[near] == pytest.approx(np.array(r["limits"])[near], abs=1e-6)
    assert np.cumsum(exit_chances(found, r["at"])) == pytest.approx(
        [spent(share, shape) for share in r["at"]], rel=1e-9
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_looking_often_invents_nothing(shape):
    """100,000 made-up cohorts without an effect, looked at five times: one in twenty is claimed, not one in seven."""
    random = np.random.default_rng(11)
    z = random.normal(size=(100_000, 5)).cumsum(axis=1) / np.sqrt(np.arange(1, 6))
    claimed = (np.abs(z) >= equal_looks(5, shape)).any(axis=1).mean()
    assert claimed == pytest.approx(0.05, abs=0.003)
    assert (np.abs(z) >= 1.96).any(axis=1).mean() == pytest.approx(0.142, abs=0.005)


@pytest.mark.parametrize("shares", [[], [0.0, 1.0], [0.5, 0.4], [0.5, 1.2], [0.5, 0.5]])
def test_shares_must_rise(shares):
    with pytest.raises(ValueError, match="must rise"):
        spending_limits(shares, "pocock")


@pytest.mark.parametrize(("looks", "alpha"), [(0, 0.05), (3, 0.0), (3, 1.0)])
def test_looks_and_level_must_make_sense(looks, alpha):
    with pytest.raises(ValueError, match="There must be a look"):
        equal_looks(looks, "pocock", alpha)
