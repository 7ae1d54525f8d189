"""Other ways of working, as they may be shown: rounded, without doubles, and no way back to a count."""

from itertools import chain

import numpy as np
import polars as pl
import pytest

from likeforlike.checks.check import Finding
from likeforlike.checks.result import Checks
from likeforlike.disclosure.others import other_ways
from likeforlike.disclosure.release import MeasureRow
from likeforlike.estimates.beside import SCHEMA, Beside
from likeforlike.estimates.rates import miettinen_nurminen, miettinen_nurminen_ratio, newcombe
from likeforlike.estimates.ttest import GroupMean, two_sample_t
from likeforlike.labs import load_lab
from likeforlike.sensitivity import Sensitivity
from support.release_figures import LOWER, measure_row

LAB = load_lab("justice")
TITLE = LAB.head.title
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
    found, _ = other_ways([m], beside(**rows), None, None, LAB.disclosure, lab_title=TITLE)
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
    assert other_ways(
        [measure(withheld="Too few.")],
        beside(aipw=(0, 0, 0)),
        None,
        None,
        LAB.disclosure,
        lab_title=TITLE,
    ) == (
        (),
        (),
    )
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
    found, rules = other_ways([measure()], None, checks, sensitivity, LAB.disclosure, 0.9, lab_title=TITLE)
    assert [(w.title, w.counted) for w in found] == [
        ("Kernel matching", False),
        ("Linkage threshold 0.5", True),
    ]
    assert [rule.target for rule in rules] == ["others"]
    not_headline, _ = other_ways(
        [measure(headline=False)], None, checks, sensitivity, LAB.disclosure, 0.9, lab_title=TITLE
    )
    assert not_headline == ()


def statistics(k: int, n: int, share: float, others: float) -> dict[str, tuple[float, float, float]]:
    """What anyone can work out from the counts of a rate."""
    t = two_sample_t(GroupMean.of_rate(k / n, n), GroupMean.of_rate(share, others))
    four = (k, n, share * others, others)
    found = {"newcombe": newcombe(*four), "risk_ratio": miettinen_nurminen_ratio(*four)}
    found["miettinen_nurminen"] = miettinen_nurminen(*four)
    told = {name: (i.estimate, i.low, i.high) for name, i in found.items()}
    return told | {"justice_t_test": (t.estimate, t.conf_low, t.conf_high)}


def own_row(k: int, n: int, share: float, others: float) -> tuple[object, ...]:
    """What the measure's own row tells, taken for Newcombe's interval."""
    limits = [round(100 * figure) for figure in statistics(k, n, share, others)["newcombe"]]
    return 10 * round(n / 10), round(100 * k / n), round(100 * share), limits


def other_rows(k: int, n: int, share: float, others: float) -> dict[str, tuple[float, float, float, bool]]:
    return ways(measure(n_treatment=10 * round(n / 10)), **statistics(k, n, share, others))


@pytest.mark.parametrize("people", [31, 67, 104, 146, 163, 215])
@pytest.mark.parametrize("share", [0.3, 0.6])
def test_the_number_with_the_outcome_does_not_follow_from_what_is_told(people, share):
    """Where the measure's own row leaves a second number of events, so do all ways together.

    The comparison group is known as well as it is told: people to the nearest ten, its share in whole points.
    """
    events = round(share * people)
    told, also = own_row(events, people, 0.347, 700), other_rows(events, people, 0.347, 700)
    left = (
        (k, n, other, people_compared)
        for n in range(people - 10, people + 11)
        for k in range(round(n * (share - 0.02)), round(n * (share + 0.02)) + 1)
        if k != events and (10 * round(n / 10), round(100 * k / n)) == told[:2]
        for people_compared in (696, 700, 704)
        for other in np.linspace(0.3451, 0.3549, 20)
        if own_row(k, n, other, people_compared) == told
    )
    some = next(left, None)
    assert some is None or any(other_rows(*case) == also for case in chain([some], left))


def test_for_too_few_people_nothing_that_follows_from_counts_is_told():
    figures = {
        "justice_t_test": (-0.05, -0.2, 0.1),
        "risk_ratio": (0.8, 0.5, 1.3),
        "wild_bootstrap": (-0.05, -0.2, 0.1),
        "aipw": (-0.04, -0.2, 0.1),
    }
    assert set(ways(measure(n_treatment=490), **figures)) == {"aipw"}
    assert set(ways(measure(n_treatment=500), **figures)) == set(figures)


@pytest.mark.parametrize(("people", "shown"), [(490, 0), (500, 1)])
def test_of_a_small_trial_no_other_way_is_told(people, shown):
    """Nobody is weighted there, so even the doubly robust interval may follow from counts."""
    row, found = measure(n_treatment=people), beside(aipw=(-0.04, -0.2, 0.1))
    assert len(other_ways([row], found, None, None, LAB.disclosure, lab_title=TITLE, by_lot=True)[0]) == shown


def test_intervals_that_only_few_people_get_are_never_told():
    assert ways(measure(n_treatment=500), newcombe=(0, -0.1, 0.1), miettinen_nurminen=(0, -0.1, 0.1)) == {}
