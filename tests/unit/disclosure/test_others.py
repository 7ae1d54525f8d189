"""Other ways of working, as they may be shown: rounded, without doubles, and no way back to a count."""

from itertools import product

import numpy as np
import polars as pl
import pytest

from likeforlike.checks.check import Finding
from likeforlike.checks.result import Checks
from likeforlike.disclosure.others import other_ways
from likeforlike.disclosure.release import MeasureRow
from likeforlike.estimates.beside import SCHEMA, Beside
from likeforlike.estimates.ttest import justice_t_test
from likeforlike.labs import load_lab
from likeforlike.sensitivity import Sensitivity
from support.release_figures import LOWER, measure_row

LAB = load_lab("justice")
REOFFENDED = LAB.outcomes.get("reoffended")


def measure(**changes: object) -> MeasureRow:
    return measure_row(REOFFENDED, **LOWER["reoffended"]).model_copy(update=changes)


def beside(**rows: tuple[float, float, float]) -> Beside:
    made = [
        {
            "term": "reoffended",
            "method": method,
            "scale": "ratio" if "ratio" in method else "difference",
            **dict(zip(("estimate", "conf_low", "conf_high"), figures, strict=True)),
        }
        for method, figures in rows.items()
    ]
    return Beside(pl.DataFrame(made, schema=SCHEMA))


def ways(m: MeasureRow, **rows: tuple[float, float, float]) -> dict[str, tuple[float, float, float, bool]]:
    found, _ = other_ways([m], beside(**rows), None, None)
    return {w.method: (w.estimate, w.conf_low, w.conf_high, w.agrees) for w in found}


def test_differences_are_rounded_as_the_measure_and_ratios_to_one_decimal():
    found = ways(measure(), aipw=(-0.0512, -0.0888, -0.0149), risk_ratio=(0.834, 0.711, 0.968))
    assert found == {"aipw": (-5.0, -9.0, -1.0, True), "risk_ratio": (0.8, 0.7, 1.0, True)}


@pytest.mark.parametrize(
    ("low", "high", "agrees"), [(-0.09, -0.001, True), (-0.09, 0.001, False), (0.01, 0.2, False)]
)
def test_agreement_is_told_before_rounding(low, high, agrees):
    assert ways(measure(), aipw=(-0.05, low, high))["aipw"][3] is agrees


def test_what_is_withheld_or_unknown_has_no_other_way():
    assert other_ways([measure(withheld="Too few.")], beside(aipw=(0, 0, 0)), None, None) == ((), ())
    assert ways(measure(), aipw=(0.1, float("nan"), 0.2)) == {}


def test_the_panel_leaves_out_statistics_that_are_there_and_the_studys_own_threshold():
    numbers = {
        "estimate": [-0.05, -0.06],
        "conf_low": [-0.1, -0.1],
        "conf_high": [0.1, -0.01],
        "counted": [1.0, 0.0],
    }
    table = pl.DataFrame({"item": ["Doubly robust, cross-fitted", "Kernel matching"], **numbers})
    checks = Checks.of([("?", Finding("specifications", "reoffended", "holds", "", {}, table))])
    row = {"linked": 9, "term": "reoffended", "estimate": -0.04, "conf_low": -0.09, "conf_high": 0.01}
    sensitivity = Sensitivity(pl.DataFrame([{"threshold": 0.9, **row}, {"threshold": 0.5, **row}]))
    found, rules = other_ways([measure()], None, checks, sensitivity, 0.9)
    assert [(w.title, w.counted) for w in found] == [
        ("Kernel matching", False),
        ("Linkage threshold 0.5", True),
    ]
    assert [rule.target for rule in rules] == ["others"]
    not_headline, _ = other_ways([measure(headline=False)], None, checks, sensitivity, 0.9)
    assert not_headline == ()


def published(events: int, people: int, others: int, base: int) -> tuple[object, ...]:
    """All that is told of a rate: people to the nearest ten, whole points, and the t-test that anyone can redo."""
    y = (np.arange(people) < events).astype(float)
    z = (np.arange(base) < others).astype(float)
    t = justice_t_test(y, z, np.ones(base), np.ones(people))
    n = 10 * round(people / 10)
    m = measure(n_treatment=n, treatment=round(100 * events / people), comparison=round(100 * others / base))
    return n, m.treatment, ways(m, justice_t_test=(t.estimate, t.conf_low, t.conf_high))["justice_t_test"][:3]


@pytest.mark.parametrize("people", [32, 40, 47, 60, 75, 94])
@pytest.mark.parametrize("share", [0.3, 0.45, 0.6])
def test_the_number_with_the_outcome_does_not_follow_from_what_is_told(people, share):
    """Even if the attacker knows the comparison group to the last person, a second number fits, if it did before."""
    events, others, base = round(share * people), 700, 2000
    told = published(events, people, others, base)
    cases = [
        (k, published(k, n, others, base))
        for n in range(max(people - 10, 30), people + 11)
        for k in range(10, n - 9)
        if abs(k / n - share) < 0.05
    ]
    before = {k for k, seen in cases if seen[:2] == told[:2]}
    after = {k for k, seen in cases if seen == told}
    assert events in after
    assert len(after) > 1 or len(before) == 1


def test_finer_rounding_would_give_it_away():
    """The reason for the coarse steps: whole points leave one number for forty people."""
    fits = set()
    for n, k in product(range(35, 46), range(8, 20)):
        y = (np.arange(n) < k).astype(float)
        t = justice_t_test(y, (np.arange(2000) < 700).astype(float), np.ones(2000), np.ones(n))
        if [round(100 * v) for v in (k / n, t.estimate, t.conf_low, t.conf_high)] == [30, -5, -20, 10]:
            fits.add(k)
    assert len(fits) <= 1
