"""What the E-value's row says where there is nothing to explain, or no ratio."""

from types import SimpleNamespace

import pytest

from likeforlike.checks.evalue import EValue
from likeforlike.estimates.difference import UNKNOWN, Difference
from likeforlike.labs import load_lab

RATE = load_lab("justice").outcomes.get("reoffended")


def asked(found: Difference):
    return EValue()(SimpleNamespace(found=found, measure=RATE))


def difference(treated: float, comparison: float, half: float) -> Difference:
    apart = treated - comparison
    return Difference(treated, comparison, apart, half / 2, apart - half, apart + half, 0.001)


def test_an_estimate_and_its_interval():
    found = asked(difference(0.2, 0.4, 0.1))
    assert found.verdict == "holds"
    assert "3.41 times as likely; 2.00 times would do for the interval" in found.summary


@pytest.mark.parametrize("treated", [0.0, 1e-17, 1e-9])
def test_nobody_among_participants_leaves_what_the_interval_needs(treated):
    found = asked(difference(treated, 0.3, 0.1))
    assert found.verdict == "holds"
    assert found.summary.startswith("Hardly anybody in one group had the outcome")
    assert found.summary.endswith("for the interval, something unseen would have to make both taking part and the "
                                  "outcome 5.45 times as likely.")  # fmt: skip
    assert "any" not in found.summary.replace("anybody", "")


def test_nobody_to_compare_with_is_no_ratio():
    found = asked(difference(0.3, 0.0, 0.1))
    assert (found.verdict, found.why) == ("not_applicable", "")
    assert found.summary == "Nobody in one group had the outcome, so there is no ratio to explain away."


def test_a_whole_interval_below_nobody_is_no_ratio():
    found = asked(Difference(0.0, 0.3, -0.3, 0.01, -0.35, -0.3, 0.001))
    assert found.verdict == "not_applicable"
    assert "no ratio" in found.summary


@pytest.mark.parametrize("found", [difference(0.3, 0.35, 0.1), UNKNOWN])
def test_an_open_question_has_nothing_to_explain(found):
    told = asked(found)
    assert (told.verdict, told.why) == ("not_applicable", "open")
    assert "nothing to explain away" in told.summary
