"""A5, A6: the budget for noise, asked until it is spent, does not tell who is in the records."""

from datetime import date

import numpy as np

from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.disclosure.ledger.submission import Submission, as_sent_of
from likeforlike.disclosure.ledger.tokens import tokens_of
from likeforlike.disclosure.noise import Counted
from likeforlike.errors import Refused
from support.attacked_lab import crowd

ROWS = as_sent_of("followed")
TODAY = date(2026, 1, 1)


def asked(ledger, rows, records, *, spelling=""):
    """A request of which the first 20 in the records had the event; another spelling is another row."""
    found = [person for person in rows if person in records]
    groups = {
        "followed": tokens_of(found, ledger.key),
        "analysed": tokens_of(found, ledger.key),
        ROWS: tokens_of([f"as sent {person}{spelling}" for person in rows], ledger.key),
    }
    submission = Submission(
        "one", "study", "2026-01-01", groups, analysed=frozenset({"analysed"}), as_sent=frozenset({ROWS})
    )
    had = tokens_of(found[:20], ledger.key)
    return ledger.draw(submission, Counted("analysed", ROWS, had, 0.4), "reoffended", (1.0, 1.0), TODAY)


def outcome(ledger, *request, **spelt):
    try:
        asked(ledger, *request, **spelt)
    except Refused:
        return "refused"
    return "answered"


def test_whether_it_is_spent_depends_on_the_rows_alone(tmp_path, reports):
    """The target is on a list that was answered, and then on another: found in the records or not."""
    seen = {}
    for has_record in (True, False):
        ledger = Ledger.at(tmp_path / str(has_record))
        one, other = crowd("one", 100), crowd("other", 100)
        records = {*one, *other, *(["target"] if has_record else [])}
        assert outcome(ledger, [*one, "target"], records) == "answered"
        seen[has_record] = (
            outcome(ledger, [*other, "target"], records),
            outcome(ledger, [*other, "target"], records, spelling="!"),
        )
    assert seen[True] == seen[False] == ("refused", "answered")
    reports("A6  a spent budget for noise", "whether one person has a record", "nothing: rows alone decide")


def test_nobody_is_looked_at_beyond_the_budget(tmp_path):
    """The same people under another spelling: they are answered, and their outcomes make no difference."""
    people, records = crowd("person", 100), set(crowd("person", 100))
    ledger = Ledger.at(tmp_path)
    asked(ledger, people, records)
    before = ledger.earlier()[-1]
    assert before.entry.groups[0][:2] == ("analysed", 100)
    asked(ledger, [*people, *crowd("more", 50)], records | set(crowd("more", 50)), spelling="!")
    after = ledger.earlier()[-1]
    assert after.entry.groups[0][:2] == ("analysed", 50)
    assert not np.isin(after.group("analysed"), before.group("analysed")).any()
