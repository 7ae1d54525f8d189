"""One line of the ledger: each holds the hash of the one before it, so that none can be changed or left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from likeforlike.disclosure.ledger.submission import (
    KINDS,
    THRESHOLD,
    Claim,
    Draw,
    Kind,
    Members,
    Submission,
    persons_of,
)
from likeforlike.disclosure.ledger.tokens import Tokens
from likeforlike.hashes import sha256_of

What = Literal["released", "refused", "withdrawn", "opened", "drawn"]
ASIDE = ("opened", "drawn")
"""No answers yet: the plan was sealed, and after that outcomes were looked at; noise was drawn, before it is shown."""

SAME = ("organisation", "study_sha256", "vintage", "period", "profile", "profile_sha256", "threshold")
"""What an entry has of its submission as it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one submission; for staff only."""

    number: int
    """From 1."""
    date: str
    """ISO; with the second where outcomes were opened."""
    organisation: str
    study_sha256: str
    vintage: str
    period: str
    profile: str
    profile_sha256: str
    what: What
    reason: str
    groups: tuple[tuple[str, int, Kind], ...]
    """Name, people, and how it is held against others."""
    claims: tuple[Claim, ...]
    draws: tuple[Draw, ...]
    tokens_sha256: str
    """Of the file with the tokens, which is called by it."""
    release_sha256: str
    """Of the bytes that left, which lie in the file called by it; empty where none did."""
    previous: str
    plan_sha256: str = ""
    """Of the plan that was sealed, where outcomes were opened."""
    threshold: int = THRESHOLD
    """Fewest people of whom anything may be known, by the profile."""
    sha256: str = ""

    def hashed(self) -> Entry:
        """The same with the hash of everything else in it."""
        return replace(self, sha256=_hash(self.to_dict()))

    @classmethod
    def after(cls, previous: Entry | None, told: dict[str, Any]) -> Entry | None:
        """What was read, if it is as it was written and stands at its place.

        What does not fit at all raises `TypeError`, `KeyError` or `ValueError`.
        """
        place = (previous.number + 1, previous.sha256) if previous else (1, "")
        whole = (told["number"], told["previous"]) == place and told["sha256"] == _hash(told)
        return cls.of_dict(told) if whole else None

    def is_about(self, submission: Submission, tokens_sha256: str) -> bool:
        """Whether it answered the same study of the same people of the same records."""
        mine = (self.study_sha256, self.vintage, self.tokens_sha256, self.groups)
        theirs = (submission.study_sha256, submission.vintage, tokens_sha256, groups_of(submission))
        return mine == theirs

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)

    @classmethod
    def of_dict(cls, told: dict[str, Any]) -> Entry:
        """Read back; whatever does not fit raises `TypeError`, `KeyError` or `ValueError`."""
        parts = {
            "groups": tuple((str(name), int(size), kind) for name, size, kind in told["groups"]),
            "claims": tuple(Claim(**claim) for claim in told["claims"]),
            "draws": tuple(Draw(**draw) for draw in told["draws"]),
        }
        return cls(**{**told, **parts})


@dataclass(frozen=True, slots=True)
class Earlier:
    """An entry with its people."""

    entry: Entry
    tokens: Tokens = field(repr=False)
    members: Members = field(repr=False)
    """(people, groups)."""

    @property
    def persons(self) -> Tokens:
        """Everybody in any of its groups."""
        return persons_of(self.tokens, self.members, [kind for _, _, kind in self.entry.groups])

    def group(self, name: str) -> Tokens:
        """Tokens of one of its groups."""
        place = [told for told, _, _ in self.entry.groups].index(name)
        return self.tokens[self.members[:, place]]

    def submission(self) -> Submission:
        """The request again, with nothing said."""
        kinds = {kind: frozenset(name for name, _, k in self.entry.groups if k == kind) for kind in KINDS}
        return Submission(
            groups={name: self.group(name) for name, _, _ in self.entry.groups},
            counted=kinds["counted"],
            analysed=kinds["analysed"],
            as_sent=kinds["sent"],
            **{name: getattr(self.entry, name) for name in SAME},
        )


def groups_of(submission: Submission) -> tuple[tuple[str, int, Kind], ...]:
    """The groups as an entry has them."""
    return tuple(zip(submission.groups, submission.people.sizes, submission.kinds, strict=True))


def entry_of(
    submission: Submission, what: What, reason: str, *, date: str, tokens_sha256: str, release_sha256: str,
    after: Entry | None, plan_sha256: str = "",
) -> Entry:  # fmt: skip
    """The next entry."""
    return Entry(
        number=after.number + 1 if after else 1,
        date=date,
        **{name: getattr(submission, name) for name in SAME},
        what=what,
        reason=reason,
        groups=groups_of(submission),
        claims=submission.claims,
        draws=submission.draws,
        tokens_sha256=tokens_sha256,
        release_sha256=release_sha256,
        previous=after.sha256 if after else "",
        plan_sha256=plan_sha256,
    ).hashed()


def spent_on(tokens: Tokens, earlier: Iterable[Earlier]) -> list[float]:
    """Epsilons of earlier draws about any of these people, or of these rows; the same draw counts once."""
    found: dict[str, float] = {}
    for each in earlier:
        if each.entry.draws and np.isin(tokens, each.tokens, assume_unique=True).any():
            found |= {draw.question: draw.epsilon for draw in each.entry.draws}
    return list(found.values())


def spent_by(tokens: Tokens, earlier: Iterable[Earlier]) -> list[tuple[NDArray[np.bool_], float]]:
    """Each earlier draw once: which of these people it was about, and its epsilon."""
    found = {
        draw.question: (np.isin(tokens, each.tokens, assume_unique=True), draw.epsilon)
        for each in earlier
        for draw in each.entry.draws
    }
    return [(about, epsilon) for about, epsilon in found.values() if about.any()]


def _hash(told: dict[str, Any]) -> str:
    return sha256_of({name: value for name, value in told.items() if name != "sha256"})
