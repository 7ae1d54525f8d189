"""What is held against the ledger: who asked, about whom, and what would be said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from likeforlike.disclosure.ledger.tokens import Tokens

Members = NDArray[np.bool_]
Kind = Literal["list", "counted", "analysed", "sent"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Keep = Literal["", "few", "nearly all"]
FEW: Keep = "few"
NEARLY_ALL: Keep = "nearly all"
BEFORE = "before: "
"""How the names of shares begin that were known before anybody was followed."""
THRESHOLD = 10
"""Where a profile says nothing else."""


def as_sent_of(group: str) -> str:
    """What the rows are called that a group was chosen from."""
    return f"{group}, as sent"


def persons_of(tokens: Tokens, members: Members, kinds: Sequence[Kind]) -> Tokens:
    """Tokens of those in any group of persons."""
    return tokens[members[:, [kind != "sent" for kind in kinds]].any(axis=1)]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a published figure says: that from `low` to `high` people of a group are so."""

    group: str
    statistic: str
    """The same name for the same question in every study, such as `reoffended`."""
    low: int
    high: int
    published: str = ""
    """The figure as it is printed."""
    day: int = 0
    """Of follow-up, by which it has happened; 0 where it is not about time."""
    keep: Keep = ""
    """What it may not be known to be, however many other figures are told: of a few people, or of all but a few."""


@dataclass(frozen=True, slots=True)
class Draw:
    """Noise that was drawn for a question; never drawn again."""

    question: str
    value: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in any group, each once and in order, and who is in which group."""

    tokens: Tokens
    members: Members
    """(people, groups)."""

    @classmethod
    def of(cls, groups: Mapping[str, Tokens]) -> People:
        """Of groups whose tokens are in order, each once."""
        lists = list(groups.values())
        everyone = np.unique(np.concatenate([np.empty(0, dtype=np.uint64), *lists]))
        members = np.zeros((len(everyone), len(lists)), dtype=bool)
        for place, tokens in enumerate(lists):
            members[np.searchsorted(everyone, tokens), place] = True
        return cls(everyone, members)

    @property
    def sizes(self) -> tuple[int, ...]:
        """People in each group."""
        return tuple(int(size) for size in self.members.sum(axis=0))


@dataclass(frozen=True, slots=True)
class Submission:
    """One list of one organisation, as it would be answered."""

    organisation: str
    study_sha256: str
    vintage: str
    """Of the records, as an ISO date."""
    groups: Mapping[str, Tokens]
    """By name, each in order: everyone analysed and every part of them, and what is counted."""
    claims: tuple[Claim, ...] = ()
    counted: frozenset[str] = frozenset()
    """Groups of which only numbers of people are told, such as steps of the flow."""
    analysed: frozenset[str] = frozenset()
    """Groups that came of others by matching, so that nobody can choose them: only the joint audit looks at them."""
    as_sent: frozenset[str] = frozenset()
    """Groups of rows of the list that others were chosen from, named by `as_sent_of`: what the provider knows."""
    period: str = ""
    """The index dates asked for."""
    profile: str = ""
    profile_sha256: str = ""
    draws: tuple[Draw, ...] = ()
    threshold: int = THRESHOLD
    """Fewest people of whom anything may be known, by the profile."""
    people: People = field(init=False)

    def __post_init__(self) -> None:
        sizes = {name: len(tokens) for name, tokens in self.groups.items()}
        if any((np.diff(tokens) == 0).any() or (tokens[1:] < tokens[:-1]).any() for tokens in self._lists):
            raise ValueError("Tokens must be in order, each once.")
        for claim in self.claims:
            if claim.group not in sizes or not 0 <= claim.low <= claim.high <= sizes[claim.group]:
                raise ValueError(f"The claim about '{claim.group}' does not fit the group.")
        kinds = (self.counted, self.analysed, self.as_sent)
        if not frozenset().union(*kinds) <= set(sizes) or sum(map(len, kinds)) > len(
            frozenset().union(*kinds)
        ):
            raise ValueError(
                "What is counted, analysed or as sent must be among the groups, and be one of these."
            )
        object.__setattr__(self, "people", People.of(self.groups))

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Of each group: how it is held against others."""
        return tuple(
            "counted"
            if name in self.counted
            else "analysed"
            if name in self.analysed
            else "sent"
            if name in self.as_sent
            else "list"
            for name in self.groups
        )

    @property
    def persons(self) -> Tokens:
        """Everybody in any group; rows of the list are no persons."""
        return persons_of(self.people.tokens, self.people.members, self.kinds)

    @property
    def _lists(self) -> list[Tokens]:
        return list(self.groups.values())
