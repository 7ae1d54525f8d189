"""Results put together: what the synthesis holds, finds and refuses."""

import json
from dataclasses import FrozenInstanceError, replace

import pytest

from likeforlike.errors import InputProblem
from likeforlike.evidence import read_library, synthesise
from likeforlike.evidence.library.library import About, LeftOut, Library, Measured, Result
from support.libraries import library_of_releases

MEASURED = Measured("rate", "The rate", "percentage points", 0, "lower")


def result(name, estimate, error, **about):
    limits = (estimate - 1.96 * error, estimate + 1.96 * error)
    when = about.pop("when", "")
    return Result(About(name, **about), when, 100, estimate, error, *limits, "interval")


def library(*results, left_out=()):
    return Library("Test", MEASURED, results, left_out)


MANY = tuple(result(f"P{i} {i}", -4 + (i % 5) - i / 3, 1 + i / 4, when=f"20{10 + i}") for i in range(12))


def test_the_mean_lies_within_the_results_and_everything_is_there(tmp_path):
    found = synthesise(read_library(library_of_releases(tmp_path)))
    assert -8 < found.pooled.estimate < 1
    assert sum(found.weights) == pytest.approx(100)
    assert [r.about.programme for r, _ in found.by_time] == [
        *("Bridge Street", "Second Chance", "Open Door", "New Start")
    ]
    assert found.by_time[-1][1].estimate == pytest.approx(found.pooled.estimate)
    assert found.to_frame().columns[-4:] == ["weight", "shrunken", "shrunken_low", "shrunken_high"]
    assert json.loads(json.dumps(found.to_dict()))["pooled"]["estimate"] == found.pooled.estimate
    assert "4 results on Proven reoffending rate within a year" in found.summary()
    with pytest.raises(FrozenInstanceError):
        found.pooled = None


def test_one_result_is_none_to_put_together():
    with pytest.raises(InputProblem, match=r"only one result to put together, of 'A': read its own report"):
        synthesise(library(result("A", 1, 1)))
    with pytest.raises(InputProblem, match="No result has figures"):
        synthesise(library())


def test_two_results_have_nothing_to_leave_out():
    found = synthesise(library(result("A", -1, 1), result("B", -2, 1)))
    assert found.leave_one_out == ()
    assert found.pooled.degrees == 1


def test_results_that_agree_by_luck_claim_no_more_than_they_know():
    alike = [result(f"N{i} {i}", -1.0, 2.0) for i in range(4)]
    found = synthesise(library(*alike))
    assert found.hartung_knapp.std_error == pytest.approx(0)
    assert found.pooled.std_error == pytest.approx(1.0)
    assert not found.certain


def test_few_results_are_not_tested_and_many_are():
    few, many = synthesise(library(*MANY[:9])), synthesise(library(*MANY))
    assert (few.missing.egger, few.missing.egger_untested) == (None, "too_few")
    assert many.missing.egger is not None
    assert many.missing.selection is not None
    nobody_knows = replace(library(*MANY), measured=replace(MEASURED, better=None))
    assert synthesise(nobody_knows).missing.selection_untested == "no_direction"
    same = [result(f"N{i} {i}", float(i), 2.0) for i in range(12)]
    assert synthesise(library(*same)).missing.egger_untested == "alike"


def test_a_library_of_winners_looks_selected():
    """Small studies far out, large ones near nothing, and none in between: both tests see it."""
    errors = [0.5, 0.6, 0.7, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6]
    found = synthesise(
        library(
            *(result(f"N{i} {i}", -2.1 * e - 0.1, e) for i, e in enumerate(errors)), result("Z z", 0.3, 0.5)
        )
    )
    assert found.missing.egger.p_value < 0.001
    assert found.missing.selection.relative_chance < 0.2
    assert found.missing.selection.estimate > found.pooled.estimate


def test_results_without_figures_are_counted_by_what_was_said_of_them():
    silent = [
        LeftOut(About(f"S{i}"), "no_figures", said) for i, said in enumerate((True, False, False, None))
    ]
    found = synthesise(library(*MANY, left_out=(*silent, LeftOut(About("R"), "refused")))).missing
    assert (found.silent, found.silent_clear, found.silent_unclear) == (4, 1, 2)


def test_groups_and_those_that_may_share_people():
    found = synthesise(
        library(
            result("Trust A: north", -3, 1, kind="mentoring"),
            result("Trust A: south", -5, 1, kind="mentoring"),
            result("House", 1, 2, kind="housing"),
            result("Other", 1, 2),
        )
    )
    (grouping,) = found.groupings
    assert [(level.name, level.count) for level in grouping.levels] == [("housing", 1), ("mentoring", 2)]
    assert grouping.unknown == 1
    assert found.may_share_people == (("Trust A: north", "Trust A: south"),)
