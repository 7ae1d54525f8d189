"""Two labs that attackers ask: one that answers every list, as labs have done, and one with our rules and ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from likeforlike.disclosure.counts import rounded, shown
from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.disclosure.ledger.submission import Claim, Submission, as_sent_of
from likeforlike.disclosure.ledger.tokens import tokens_of
from likeforlike.disclosure.profiles import Rate, protect
from likeforlike.hashes import canonical_json, sha256_of
from likeforlike.labs import load_lab
from likeforlike.labs.definition import DisclosureProfile

PROFILE = load_lab("justice").disclosure
REFUSED = b"refused"
TODAY = date(2026, 1, 1)
People = frozenset[str]


@dataclass(frozen=True)
class Told:
    """What an attacker is granted of an answer: that the number with the outcome lies in a range."""

    people: People
    """Those on the list who are in the records; the attacker chose them."""
    least: int
    most: int


@dataclass
class OpenLab:
    """Exact numbers of people and whole percentages, whoever asks about whom."""

    with_outcome: Collection[str]
    records: Collection[str]
    floor: int = 30

    def ask(self, people: Iterable[str], **_: object) -> Told | None:
        """The answer, if it is about enough people."""
        found = frozenset(people) & frozenset(self.records)
        had = len(found & frozenset(self.with_outcome))
        if len(found) < self.floor:
            return None
        percent = round(100 * had / len(found))
        fits = [k for k in range(len(found) + 1) if round(100 * k / len(found)) == percent]
        return Told(found, fits[0], fits[-1])


@dataclass
class GuardedLab:
    """Our rules and our ledger; every answer is bytes, and an attacker is granted more than these say."""

    folder: Path
    with_outcome: Collection[str]
    records: Collection[str]
    profile: DisclosureProfile = PROFILE
    answers: list[bytes] = field(default_factory=list)

    @property
    def ledger(self) -> Ledger:
        return Ledger.at(self.folder)

    def ask(
        self,
        people: Iterable[str],
        *,
        organisation: str = "one",
        vintage: str = "2026-01-01",
        parts: Mapping[str, Iterable[str]] | None = None,
        study: str = "",
        dates: Mapping[str, str] | None = None,
    ) -> Told | None:
        """The exact number, for all that stands beside a rate may come near it; nothing where it is refused.

        `dates` has the dates that the list gives some people; who is followed does not depend on them here.
        """
        listed = frozenset(people)
        groups = {"followed": listed, **{name: frozenset(part) for name, part in (parts or {}).items()}}
        found = {name: group & frozenset(self.records) for name, group in groups.items()}
        rows = {
            name: frozenset((p, (dates or {}).get(p, "")) for p in group) for name, group in groups.items()
        }
        asked = (listed, found, rows, organisation, vintage, study)
        mine = self._submission(*asked)
        if min(map(len, found.values())) < self.profile.minimum_analysed:
            self.ledger.enter_without(mine, "refused", "Too few.", TODAY)
            return self._refuse()
        said, claims = {}, []
        for name, group in found.items():
            had = len(group & frozenset(self.with_outcome))
            told = protect(Rate(had, len(group)), self.profile)
            few = self.profile.hide_below
            span = (
                (had, had)
                if told.figures
                else (0, few - 1)
                if had < few
                else (len(group) - few + 1, len(group))
            )
            claims.append(Claim(name, "reoffended", *span, ""))
            said[name] = (shown(len(group), self.profile), told.figures)
        content = canonical_json(said).encode()
        mine = self._submission(*asked, tuple(claims))
        answer = self.ledger.enter(mine, content, TODAY)
        if answer.release is None:
            return self._refuse()
        self.answers.append(answer.release)
        return Told(found["followed"], claims[0].low, claims[0].high)

    def _refuse(self) -> None:
        self.answers.append(REFUSED)

    def _submission(
        self,
        listed: People,
        found: Mapping[str, People],
        rows: Mapping[str, frozenset[tuple[str, str]]],
        organisation: str,
        vintage: str,
        study: str,
        claims: tuple[Claim, ...] = (),
    ) -> Submission:
        key = self.ledger.key
        groups = {"submitted": listed, "found": found["followed"], **found}
        sent = {as_sent_of(name): [f"{p}|{day}" for p, day in sorted(group)] for name, group in rows.items()}
        return Submission(
            organisation,
            study or sha256_of(sorted(listed)),
            vintage,
            {name: tokens_of(sorted(group), key) for name, group in (groups | sent).items()},
            claims,
            counted=frozenset({"submitted", "found"}),
            as_sent=frozenset(sent),
        )


def crowd(prefix: str, size: int) -> list[str]:
    """So many made-up persons."""
    return [f"{prefix}{i}" for i in range(size)]


def rounded_size(people: Collection[str]) -> int:
    """A number of people as the lab shows it."""
    return rounded(len(people), PROFILE)
