"""A plan is sealed before outcomes are opened; another one for most of the same people is a later version."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.disclosure.ledger.submission import Submission

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def ledger(tmp_path):
    return Ledger.at(tmp_path / "ledger")


def listed(people, study="s"):
    tokens = np.array(sorted(people), dtype=np.uint64)
    return Submission("one", study, "2026-01-01", {"submitted": tokens}, counted=frozenset({"submitted"}))


def test_the_same_plan_keeps_its_first_time_and_version(ledger):
    first = ledger.seal(listed(range(100)), "a", NOON)
    assert (first.at, first.version) == (NOON, 1)
    assert ledger.seal(listed(range(100)), "a", LATER) == first
    assert len(ledger.entries()) == 1


@pytest.mark.parametrize("people", [range(100), range(99), range(1, 101), range(40, 100), range(300)])
def test_another_plan_for_most_of_the_same_people_is_a_later_version(ledger, people):
    ledger.seal(listed(range(100)), "a", NOON)
    assert ledger.seal(listed(people, "t"), "b", LATER).version == 2


def test_other_people_or_a_small_part_of_them_begin_at_one(ledger):
    ledger.seal(listed(range(100)), "a", NOON)
    assert ledger.seal(listed(range(100, 200), "t"), "b", LATER).version == 1
    assert ledger.seal(listed(range(80, 180), "u"), "c", LATER).version == 2  # half of the second list
    assert ledger.seal(listed(range(960, 1000), "v"), "d", LATER).version == 1


def test_going_back_to_the_first_plan_is_the_first_version(ledger):
    for plan in ("a", "b", "a", "c"):
        ledger.seal(listed(range(100), f"study of {plan}"), plan, NOON)
    assert ledger.seal(listed(range(99), "again"), "a", LATER).version == 1
    assert ledger.seal(listed(range(99), "new"), "d", LATER).version == 4


def test_a_seal_is_no_request_that_stands_against_another(ledger):
    ledger.seal(listed(range(100)), "a", NOON)
    assert ledger.enter(listed(range(99), "t"), b"x", NOON.date()).entry.what == "released"


def test_a_seal_cannot_be_moved_to_another_time(ledger):
    ledger.seal(listed(range(100)), "a", NOON)
    path = ledger.folder / "entries.jsonl"
    path.write_text(path.read_text().replace("2026-03-01T12", "2026-02-01T12"))
    with pytest.raises(Exception, match="not as it was written"):
        ledger.entries()
