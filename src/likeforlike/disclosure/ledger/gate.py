"""Whether one answer more would, with all earlier ones, say something about a few people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
from scipy.sparse import block_array, csr_array
from scipy.sparse.csgraph import connected_components

from likeforlike.disclosure.ledger.atoms import Atoms, atoms_of
from likeforlike.disclosure.ledger.entry import ASIDE, Earlier
from likeforlike.disclosure.ledger.joint import Said, Told, told_by_all
from likeforlike.disclosure.ledger.pairs import Pair, pairs
from likeforlike.disclosure.ledger.possible import CannotTell
from likeforlike.disclosure.ledger.submission import Submission
from likeforlike.disclosure.ledger.tokens import Tokens

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


@dataclass(frozen=True, slots=True)
class _List:
    """A group of whom something is said, or would be."""

    request: int
    group: str
    tokens: Tokens


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
    atoms: dict[tuple[tuple[int, str], ...], tuple[Atoms, set[int]]] = {}
    for statistic in dict.fromkeys(claim.statistic for claim in submission.claims):
        verdict = _of_statistic(statistic, earlier, submission, atoms)
        if verdict is not None:
            return Verdict("refuse", verdict[0], beside, verdict[1])
    return Verdict("release", "No group of a few people is told about.", beside)


def audit(earlier: Sequence[Earlier]) -> list[str]:
    """What all released answers together say of a few people, by the least strict profile; a sentence each."""
    released = [each for each in earlier if each.entry.what == "released"]
    names = dict.fromkeys(claim.statistic for each in released for claim in each.entry.claims)
    return [sentence for name in names for sentence in _all_said_of(name, released)]


def _all_said_of(statistic: str, released: Sequence[Earlier]) -> list[str]:
    lists, said = _said(statistic, released)
    if not lists:
        return []
    requests = np.unique([each.request for each in lists], return_inverse=True)[1]
    threshold = min(each.entry.threshold for each in released)
    try:
        told = told_by_all(atoms_of([each.tokens for each in lists]), said, threshold, requests)
    except CannotTell as problem:
        return [f"The audit of '{statistic}' could not be finished: {problem}"]
    return [_sentence(statistic, each, lists) for each in told]


def _of_statistic(
    statistic: str,
    earlier: Sequence[Earlier],
    submission: Submission,
    known: dict[tuple[tuple[int, str], ...], tuple[Atoms, set[int]]],
) -> tuple[str, frozenset[str]] | None:
    """Why not, and which new groups are in it."""
    lists, said = _said(statistic, earlier, submission)
    mine = frozenset(each.group for each in lists if not each.request)
    if not mine:
        return None
    key = tuple((each.request, each.group) for each in lists)
    if key not in known:
        known[key] = _reached(
            atoms_of([each.tokens for each in lists]),
            [i for i, each in enumerate(lists) if not each.request],
        )
    atoms, reached = known[key]
    said = [each for each in said if each.place in reached]
    requests = np.unique([each.request for each in lists], return_inverse=True)[1]
    try:
        told = told_by_all(atoms, said, submission.threshold, requests)
    except CannotTell as problem:
        return f"The audit of '{statistic}' could not be finished, so it is refused: {problem}", mine
    return (" ".join(_sentence(statistic, each, lists) for each in told), mine) if told else None


def _said(
    statistic: str, earlier: Sequence[Earlier], submission: Submission | None = None
) -> tuple[list[_List], list[Said]]:
    """Groups with what is said of each; a range that says nothing is left out."""
    lists: dict[tuple[int, str], _List] = {}
    found: list[tuple[tuple[int, str], int, int]] = []
    new = [] if submission is None else [(0, submission.claims, submission.groups.__getitem__)]
    for number, claims, group in [
        *new,
        *((e.entry.number, e.entry.claims, e.group) for e in earlier if e.entry.what == "released"),
    ]:
        for claim in claims:
            if claim.statistic == statistic:
                key = (number, claim.group)
                one = lists.get(key) or _List(number, claim.group, group(claim.group))
                if claim.low > 0 or claim.high < len(one.tokens):
                    lists[key] = one
                    found.append((key, claim.low, claim.high))
    place = {key: i for i, key in enumerate(lists)}
    return list(lists.values()), [Said(place[key], low, high) for key, low, high in found]


def _reached(atoms: Atoms, start: list[int]) -> tuple[Atoms, set[int]]:
    """Lists that hang together with the first ones by people they share, and their atoms; nothing else can matter."""
    label = connected_components(block_array([[None, atoms.member], [atoms.member.T, None]]), directed=False)[
        1
    ]
    count = atoms.member.shape[0]
    inside = np.isin(label, label[start])
    member = csr_array(atoms.member[:, inside[count:]])
    return Atoms(atoms.size[inside[count:]], member), set(np.flatnonzero(inside[:count]).tolist())


def _sentence(statistic: str, told: Told, lists: Sequence[_List]) -> str:
    names = [
        f"'{lists[i].group}' of {f'request {lists[i].request}' if lists[i].request else 'this request'}"
        for i in told.lists
    ]
    who = "person" if told.people == 1 else "people"
    return (
        f"Of {told.people} {who} in {', '.join(names[:MOST_TOLD])}, all answers together say that "
        f"{told.least} to {told.most} have '{statistic}'."
    )


def _new(few: Sequence[Pair]) -> frozenset[str]:
    return frozenset(pair.group for pair in few)
