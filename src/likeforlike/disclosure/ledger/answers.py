"""All that is said under one name, of all groups that hang together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import block_array, csr_array
from scipy.sparse.csgraph import connected_components

from likeforlike.disclosure.ledger.atoms import Atoms, Ints, atoms_of
from likeforlike.disclosure.ledger.entry import Earlier
from likeforlike.disclosure.ledger.joint import Said
from likeforlike.disclosure.ledger.submission import Claim, Submission
from likeforlike.disclosure.ledger.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Listed:
    """A group of whom something is said, or would be."""

    request: int
    """Number of the entry; 0 for the new one."""
    group: str
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Answers:
    """Groups, what is said of each under one name, and their people in atoms."""

    lists: tuple[Listed, ...]
    said: tuple[Said, ...]
    atoms: Atoms

    @property
    def requests(self) -> Ints:
        """(lists,) numbers from 0 of the requests that the lists are of."""
        return np.unique([each.request for each in self.lists], return_inverse=True)[1]

    @property
    def days(self) -> tuple[int, ...]:
        """Days of follow-up by which something is said to have happened, in order."""
        return tuple(sorted({each.day for each in self.said}))

    def by(self, day: int) -> list[Said]:
        """What all say of those to whom it had happened by one day: no event is undone, or comes before itself.

        One range for each list; what follows from that of another list is left out.
        """
        shared = (self.atoms.member * self.atoms.size) @ self.atoms.member.T
        size = shared.diagonal()
        low, high = np.zeros_like(size), size.copy()
        for each in self.said:
            if each.day <= day:
                low[each.place] = max(low[each.place], each.low)
            if each.day >= day:
                high[each.place] = min(high[each.place], each.high)
        apart = size[:, None] - shared.toarray()
        kept = np.ones(len(size), dtype=bool)
        for place in np.argsort(-size, kind="stable"):
            others = kept & (np.arange(len(size)) != place)
            least = (low - apart[:, place])[others].max(initial=0)
            most = (high + apart[place])[others].min(initial=size[place])
            kept[place] = low[place] > least or high[place] < most
        return [Said(int(i), int(low[i]), int(high[i]), day) for i in np.flatnonzero(kept)]

    def near(self, least: int) -> Answers:
        """The new lists and those that share so many people with one of them; all, where there is no new one.

        A list that shares fewer tells of no more than these, and of a few people the audit of them asks.
        """
        new = np.array([not each.request for each in self.lists])
        shared = (self.atoms.member * self.atoms.size) @ self.atoms.member.T
        return self._only(np.flatnonzero(new | (shared[new].max(axis=0).toarray().ravel() >= least)) if new.any()
                          else np.arange(len(new)))  # fmt: skip

    def _only(self, places: Ints) -> Answers:
        new_place = {int(place): i for i, place in enumerate(places)}
        member = csr_array(self.atoms.member[places])
        inside = np.diff(member.tocsc().indptr) > 0
        return Answers(
            tuple(self.lists[place] for place in new_place),
            tuple(
                replace(each, place=new_place[each.place]) for each in self.said if each.place in new_place
            ),
            Atoms(self.atoms.size[inside], csr_array(member[:, inside])),
        )


class Spoken:
    """Claims of the new request and of all that were released, by the name of what they are about."""

    def __init__(self, earlier: Iterable[Earlier], submission: Submission | None = None) -> None:
        self._claims: dict[str, list[tuple[int, Claim]]] = defaultdict(list)
        self._groups: dict[int, Callable[[str], Tokens]] = {
            each.entry.number: each.group for each in earlier if each.entry.what == "released"
        }
        self._atoms: dict[tuple[tuple[int, str], ...], tuple[Atoms, list[int]]] = {}
        sources = [
            (each.entry.number, each.entry.claims) for each in earlier if each.entry.what == "released"
        ]
        if submission is not None:
            self._groups[0] = submission.groups.__getitem__
            sources.insert(0, (0, submission.claims))
        for number, claims in sources:
            for claim in claims:
                self._claims[claim.statistic].append((number, claim))

    @property
    def statistics(self) -> tuple[str, ...]:
        """Names, in the order in which they first come."""
        return tuple(self._claims)

    def of(self, statistic: str) -> Answers | None:
        """What is said under a name, of groups that hang together with a new one by people they share.

        Without a new request all groups are taken; nothing where there is none.
        """
        lists: dict[tuple[int, str], Listed] = {}
        said: list[tuple[tuple[int, str], Said]] = []
        for number, claim in self._claims[statistic]:
            key = (number, claim.group)
            one = lists.get(key) or Listed(number, claim.group, self._groups[number](claim.group))
            if claim.low > 0 or claim.high < len(one.tokens) or claim.keep:
                lists[key] = one
                said.append((key, Said(0, claim.low, claim.high, claim.day, claim.keep)))
        if not lists or (0 in self._groups and all(number for number, _ in lists)):
            return None
        atoms, kept = self._reached(tuple(lists), list(lists.values()))
        keys = tuple(lists)
        place = {keys[i]: new for new, i in enumerate(kept)}
        inside = tuple(replace(each, place=place[key]) for key, each in said if key in place)
        return Answers(tuple(lists[key] for key in place), inside, atoms)

    def _reached(self, keys: tuple[tuple[int, str], ...], lists: Sequence[Listed]) -> tuple[Atoms, list[int]]:
        """Atoms of lists that hang together with the new ones, and the places of those lists."""
        if keys not in self._atoms:
            atoms = atoms_of([each.tokens for each in lists])
            start = [i for i, each in enumerate(lists) if not each.request or 0 not in self._groups]
            self._atoms[keys] = _connected(atoms, start)
        return self._atoms[keys]


def _connected(atoms: Atoms, start: list[int]) -> tuple[Atoms, list[int]]:
    both = block_array([[None, atoms.member], [atoms.member.T, None]])
    label = connected_components(both, directed=False)[1]
    count = atoms.member.shape[0]
    inside = np.isin(label, label[start])
    kept = np.flatnonzero(inside[:count])
    member = csr_array(atoms.member[kept][:, inside[count:]])
    return Atoms(atoms.size[inside[count:]], member), kept.tolist()
