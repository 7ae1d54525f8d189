"""What our rules say of the same outputs as ACRO was given: passed or stopped, and by what."""

from __future__ import annotations

import numpy as np
from pydantic import ValidationError

from likeforlike.disclosure.cells.audit import audit_hidden
from likeforlike.disclosure.cells.axis import Axis
from likeforlike.disclosure.cells.cells import cross_table
from likeforlike.disclosure.cells.sensitive import closely_estimated, dominated, group_disclosed, too_few
from likeforlike.disclosure.cells.suppress import Protection
from likeforlike.disclosure.counts import too_even
from likeforlike.disclosure.ledger.overlap import overlaps
from likeforlike.disclosure.release import Release, TimingRow
from likeforlike.labs import load_lab

PROFILE = load_lab("justice").disclosure
T = PROFILE.hide_below
Verdict = tuple[str, str]
PASSED, CLOSED = ("pass", ""), "no such output: a release is a closed list of types"


def table(*rows: tuple[int, int]) -> Verdict:
    """Counts with and without the event, a group a row."""
    counts = np.array(rows)
    if too_few(counts, T).any():
        return "stopped", "fewer than 10 in a cell"
    if any(group_disclosed(row, T) for row in counts):
        return "stopped", "nearly all of a group"
    return PASSED


def rate(events: int, people: int) -> Verdict:
    return ("stopped", "nearly all or none") if too_even(events, people, PROFILE) else PASSED


def mean(parts: np.ndarray) -> Verdict:
    if dominated(parts):
        return "stopped", "two people make up nine tenths"
    return ("stopped", "the p% rule") if closely_estimated(parts) else PASSED


def not_a_type(name: str) -> Verdict:
    """Whether a release takes something that it has no type for."""
    try:
        Release.model_validate({name: []})
    except ValidationError as error:
        if any(told["type"] == "extra_forbidden" and told["loc"] == (name,) for told in error.errors()):
            return "stopped", CLOSED
    return PASSED


def exact_curve() -> Verdict:
    """A survival table to one person in sixty: 98.3%."""
    try:
        TimingRow(measure="reoffended", label="", day=1, treatment=98.3, comparison=95.0)  # type: ignore[arg-type]
    except ValidationError:
        return "stopped", "only whole percentages of protected numbers"
    return PASSED


def less_one() -> Verdict:
    everyone = np.arange(60, dtype=np.uint64)
    found = overlaps(everyone[:-1], [everyone])
    return ("stopped", "the ledger: they differ by 1") if found[0].differs_by_few(T) else PASSED


def left_out() -> Verdict:
    """Groups A and B shown, C left out, everybody shown."""
    axes = [Axis.of("group", ["A", "B", "C"]), Axis.of("event", ["yes", "no"])]
    cells = cross_table(np.array([(20, 20), (15, 25), (2, 2)]), axes)
    hidden = np.array([("group", "C") in key for key in cells.keys])
    protection = Protection.below(cells.values, too_few(cells.values, T), T)
    return ("stopped", "the audit of linked tables") if audit_hidden(cells, protection, hidden) else PASSED


def our_cases() -> dict[str, Verdict]:
    """Verdict and reason by the output's name, which is that in `acro_cases.py`."""
    draw = np.random.default_rng(1)
    return {
        "a table of counts, all of 15 or more": table((20, 20), (15, 25)),
        "a rate of 50% of 60": rate(30, 60),
        "a count of 4": table((4, 56)),
        "a table in which all 30 had it": table((30, 0), (15, 25)),
        "a table in which 49 of 50 had it": table((49, 1), (15, 25)),
        "a rate of 100% of 30, as a mean": rate(30, 30),
        "a rate of 0% of 30, as a mean": rate(0, 30),
        "a rate of 97% of 30, as a mean": rate(29, 30),
        "a mean of which two people are nine tenths": mean(np.array([900.0, 800.0, *draw.uniform(1, 5, 28)])),
        "a mean whose largest part can be worked out to 10%": mean(np.array([1000.0, 85.0, *[1.0] * 13])),
        "the median of 12 people": not_a_type("medians"),
        "the least and the most of 12 people": not_a_type("extremes"),
        "a regression with one person as a term": not_a_type("regressions"),
        "a survival table of single events": exact_curve(),
        "a list, and the list less one person": less_one(),
        "a group of 4 left out of one table, counted in another": left_out(),
    }


SAFE = ("a table of counts, all of 15 or more", "a rate of 50% of 60")
"""What may leave: a check that stops everything is no check."""
