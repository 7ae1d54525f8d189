"""Whether one answer more would, with all earlier ones, say something about a few people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from likeforlike.disclosure.ledger.answers import Answers, Spoken
from likeforlike.disclosure.ledger.entry import ASIDE, Earlier
from likeforlike.disclosure.ledger.joint import Told, told_by_all
from likeforlike.disclosure.ledger.narrowed import Narrowed, narrowed
from likeforlike.disclosure.ledger.pairs import Pair, pairs
from likeforlike.disclosure.ledger.possible import CannotTell
from likeforlike.disclosure.ledger.submission import BEFORE, Submission

MOST_TOLD = 20
"""Pairs that a reason names."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says; for staff only, but for what `outcome` makes of the answer."""

    outcome: Literal["release", "refuse", "repeat"]
    """To a provider, `refuse` is the lab's one sentence, whatever the reason."""
    reason: str
    pairs: tuple[Pair, ...] = ()
    """All that share people."""
    groups: frozenset[str] = frozenset()
    """New groups without which the reason would not hold; the rest may still be refused."""
    request: int = 0
    """The earlier entry whose bytes are the answer."""

    def to_json(self) -> str:
        """For the vault: the outcome, the reason, and every pair."""
        told = {
            "outcome": self.outcome,
            "reason": self.reason,
            "pairs": [asdict(pair) for pair in self.pairs],
        }
        return json.dumps(told, indent=2)


def decide(earlier: Sequence[Earlier], submission: Submission, tokens_sha256: str) -> Verdict:
    """Repeat, then pairs, then all together.

    Parameters
    ----------
    earlier
        Every entry of the ledger, whatever became of it.
    tokens_sha256
        Of the submission's people.
    """
    earlier = [each for each in earlier if each.entry.what not in ASIDE]
    for each in reversed(earlier):
        if each.entry.what == "released" and each.entry.is_about(submission, tokens_sha256):
            number = each.entry.number
            return Verdict("repeat", f"Request {number} was the same.", request=number)
    beside = tuple(pairs(submission, earlier))
    few = [pair for pair in beside if pair.few]
    if few:
        told = " ".join(pair.sentence for pair in few[:MOST_TOLD])
        more = f" And {len(few) - MOST_TOLD} more." if len(few) > MOST_TOLD else ""
        return Verdict("refuse", f"A few people make the difference. {told}{more}", beside, _new(few))
    spoken = Spoken(earlier, submission)
    for statistic in dict.fromkeys(claim.statistic for claim in submission.claims):
        answers = spoken.of(statistic)
        why = _told(statistic, answers, submission.threshold) if answers else ""
        if answers and why:
            mine = frozenset(each.group for each in answers.lists if not each.request)
            return Verdict("refuse", why, beside, mine)
    return Verdict("release", "No group of a few people is told about.", beside)


def audit(earlier: Sequence[Earlier]) -> list[str]:
    """What all released answers together say of a few people, by the least strict profile; a sentence each."""
    released = [each for each in earlier if each.entry.what == "released"]
    spoken, threshold = Spoken(released), min((each.entry.threshold for each in released), default=0)
    found = ((name, spoken.of(name)) for name in spoken.statistics)
    told = (_told(name, answers, threshold) for name, answers in found if answers)
    return [sentence for sentence in told if sentence]


def _told(statistic: str, answers: Answers, threshold: int) -> str:
    """What all answers tell of a few people, or of a small number of people; empty where they do not."""
    try:
        # of shares the coins ask it: those are told of enough people only, and coins are tossed for all of them
        days = () if statistic.startswith(BEFORE) else answers.days
        few = {
            (each.lists, day): _of_few(statistic, day, each, answers)
            for day in days
            for said in (answers.by(day),)
            for each in (told_by_all(answers.atoms, said, threshold, answers.requests) if said else ())
        }
        beside = answers.near(threshold)
        near = [_of_number(statistic, each, beside) for each in narrowed(beside, threshold)]
    except CannotTell as problem:
        return f"The audit of '{statistic}' could not be finished, so it is refused: {problem}"
    return " ".join([*few.values(), *near])


def _of_few(statistic: str, day: int, told: Told, answers: Answers) -> str:
    who = "person" if told.people == 1 else "people"
    return (
        f"Of {told.people} {who} in {_names(told.lists, answers)}, all answers together say that "
        f"{told.least} to {told.most} have '{statistic}'{_by(day)}."
    )


def _of_number(statistic: str, told: Narrowed, answers: Answers) -> str:
    when = f" between days {told.days[0]} and {told.days[1]}" if len(told.days) > 1 else _by(told.days[0])
    return (
        f"All answers together say that {told.least} to {told.most} people in {_names((told.place,), answers)} have "
        f"'{statistic}'{when}, which is a small number that nothing may tell."
    )


def _by(day: int) -> str:
    return f" within {day} days" if day else ""


def _names(places: Sequence[int], answers: Answers) -> str:
    lists = [answers.lists[i] for i in places[:MOST_TOLD]]
    return ", ".join(
        f"'{each.group}' of {f'request {each.request}' if each.request else 'this request'}" for each in lists
    )


def _new(few: Sequence[Pair]) -> frozenset[str]:
    return frozenset(pair.group for pair in few)
