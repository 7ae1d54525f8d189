"""Meta-analysis against R's metafor on five of its data sets, and against figures that were printed.

The reference values were made with R 4.2.2, metafor 3.8-1 and metadat 1.2-0 (`source` in the file), with 15 digits. The
data sets are dat.bcg (log risk ratios), dat.hackshaw1998, dat.raudenbush1985, dat.normand1999 (mean differences) and
dat.konstantopoulos2011 as a plain random-effects model.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from likeforlike.evidence.library.library import About, Result
from likeforlike.evidence.meta.between import dersimonian_laird, reml, restricted_likelihood
from likeforlike.evidence.meta.egger import egger
from likeforlike.evidence.meta.heterogeneity import heterogeneity, prediction_interval
from likeforlike.evidence.meta.pool import fixed_effect, random_effects
from likeforlike.evidence.meta.selection import selection
from likeforlike.evidence.meta.shrunken import shrunken
from likeforlike.evidence.meta.without import cumulative, leave_one_out
from likeforlike.evidence.synthesis.by_group import groupings

VALUES = json.loads((Path(__file__).parents[1] / "data" / "meta_analysis.json").read_text())
SETS = [name for name in VALUES if name != "source"]
CLOSE = {"rel": 1e-9, "abs": 1e-8}
"""Well within the 1e-6 that we promise."""


class Known:
    """A data set, R's figures of it, and ours."""

    def __init__(self, name):
        self.r = VALUES[name]
        self.y, self.v = np.array(self.r["yi"]), np.array(self.r["vi"])
        self.tau2 = reml(self.y, self.v)
        self.hk = random_effects(self.y, self.v, self.tau2)


@pytest.fixture(params=SETS)
def known(request):
    return Known(request.param)


def test_five_data_sets():
    assert len(SETS) == 5


def test_reml(known):
    ours, r = random_effects(known.y, known.v, known.tau2, hartung_knapp=False), known.r["reml"]
    assert known.tau2 == pytest.approx(r["tau2"], **CLOSE)
    found = (ours.estimate, ours.std_error, ours.conf_low, ours.conf_high, ours.p_value)
    assert found == pytest.approx((r["mu"], r["se"], r["low"], r["high"], r["p"]), **CLOSE)
    assert restricted_likelihood(known.y, known.v, np.array([known.tau2]))[0] == pytest.approx(
        r["loglik"], **CLOSE
    )


def test_hartung_knapp_and_the_prediction_interval(known):
    r, ours = known.r["hk"], known.hk
    found = (ours.std_error, ours.conf_low, ours.conf_high, ours.p_value)
    assert found == pytest.approx((r["se"], r["low"], r["high"], r["p"]), **CLOSE)
    assert prediction_interval(ours, known.tau2) == pytest.approx((r["pi_low"], r["pi_high"]), **CLOSE)


@pytest.mark.parametrize("name", [name for name in SETS if "widened" in VALUES[name]])
def test_the_interval_that_is_never_narrower(name):
    known = Known(name)
    ours = random_effects(known.y, known.v, known.tau2, widen=True)
    r = known.r["widened"]
    assert (ours.std_error, ours.conf_low, ours.conf_high) == pytest.approx(
        (r["se"], r["low"], r["high"]), **CLOSE
    )
    assert ours.std_error > known.hk.std_error


def test_dersimonian_laird(known):
    r, tau2 = known.r["dl"], dersimonian_laird(known.y, known.v)
    ours = random_effects(known.y, known.v, tau2, hartung_knapp=False)
    assert (tau2, ours.estimate, ours.std_error) == pytest.approx((r["tau2"], r["mu"], r["se"]), **CLOSE)


def test_fixed_effect_and_q(known):
    r, ours = known.r["fixed"], fixed_effect(known.y, known.v)
    h = heterogeneity(known.y, known.v, known.tau2)
    found = (ours.estimate, ours.std_error, h.q, h.p_value)
    assert found == pytest.approx((r["mu"], r["se"], r["q"], r["q_p"]), **CLOSE)


def test_heterogeneity_with_its_intervals(known):
    h, profile = heterogeneity(known.y, known.v, known.tau2), known.r["q_profile"]
    assert (h.i2, h.h2) == pytest.approx((known.r["reml"]["i2"], known.r["reml"]["h2"]), rel=1e-8)
    assert (h.tau2_low, h.tau2_high) == pytest.approx(profile["tau2"], **CLOSE)
    assert (h.i2_low, h.i2_high) == pytest.approx(profile["i2"], **CLOSE)


def test_shrunken_estimates(known):
    r, ours = known.r["blup"], shrunken(known.y, known.v, known.tau2, known.hk)
    assert ours.estimate == pytest.approx(r["pred"], **CLOSE)
    assert ours.std_error == pytest.approx(r["se"], **CLOSE)
    assert ours.conf_low == pytest.approx(r["pi_low"], **CLOSE)
    assert ours.conf_high == pytest.approx(r["pi_high"], **CLOSE)


def test_egger(known):
    r, ours = known.r["egger"], egger(known.y, known.v)
    found = (ours.statistic, ours.degrees, ours.p_value, ours.limit)
    assert found == pytest.approx((r["t"], r["df"], r["p"], r["limit"]), **CLOSE)


def test_without_each_and_in_their_order(known):
    without = [p.estimate for p in leave_one_out(known.y, known.v)]
    assert without == pytest.approx(known.r["leave_one_out"]["mu"], **CLOSE)
    steps = [p.estimate for p in cumulative(known.y, known.v)]
    assert steps == pytest.approx(known.r["cumulative"]["mu"], **CLOSE)


@pytest.mark.parametrize("name", ["bcg", "normand1999", "konstantopoulos2011"])
def test_selection_model(name):
    """Both search for the top of a flat likelihood, so that they agree to fewer digits; ours is never lower.

    The other two sets have results on one side of the step only; metafor then stops at a limit of its own.
    """
    known = Known(name)
    r, ours = known.r["selection"], selection(known.y, known.v, lower_is_better=True)
    assert ours.statistic == pytest.approx(r["lrt"], abs=1e-5)
    assert ours.statistic > r["lrt"] - 1e-7
    assert ours.p_value == pytest.approx(r["lrt_p"], abs=1e-5)
    assert (ours.estimate, ours.tau2, ours.relative_chance) == pytest.approx(
        (r["mu"], r["tau2"], r["delta"]), rel=3e-3
    )


@pytest.mark.parametrize("name", ["hackshaw1998", "raudenbush1985"])
def test_no_selection_model_without_results_on_both_sides(name):
    known = Known(name)
    assert selection(known.y, known.v, lower_is_better=True) is None


def test_groups_of_the_bcg_trials():
    r = VALUES["bcg"]["by_allocation"]
    known = Known("bcg")
    results = [
        Result(About("", kind=kind), "", None, y, v**0.5, y, y, "error")
        for y, v, kind in zip(known.y, known.v, r["alloc"], strict=True)
    ]
    (found,) = groupings(results)
    assert (found.q, found.p_value) == pytest.approx((r["q"], r["p"]), **CLOSE)
    for level in found.levels:
        assert (level.count, level.pooled.estimate, level.tau2) == pytest.approx(
            (r[level.name]["k"], r[level.name]["mu"], r[level.name]["tau2"]), **CLOSE
        )


def test_bcg_as_printed():
    """Viechtbauer 2010, Journal of Statistical Software 36(3), section 3.1, to the four digits printed there."""
    known = Known("bcg")
    plain = random_effects(known.y, known.v, known.tau2, hartung_knapp=False)
    h = heterogeneity(known.y, known.v, known.tau2)
    assert round(known.tau2, 4) == 0.3132
    assert [round(x, 2) for x in (h.i2, h.h2)] == [92.22, 12.86]
    assert round(h.q, 4) == 152.2330
    assert [round(x, 4) for x in (plain.estimate, plain.std_error, plain.conf_low, plain.conf_high)] == [
        *(-0.7145, 0.1798, -1.0669, -0.3622)
    ]
    assert round(dersimonian_laird(known.y, known.v), 4) == 0.3088
