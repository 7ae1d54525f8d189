"""The ledger: every list that was ever asked about, whoever asked and whatever became of it.

It lies in a folder of its own, beside the register unless a lab says otherwise. Lines are only added, each with the
hash of the one before it (Crosby & Wallach 2009, *Efficient data structures for tamper-evident logging*). Its people
are tokens that say nothing without the key. Nobody may see it but the lab's staff.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from likeforlike.disclosure.ledger.entry import Earlier, Entry, What, entry_of, spent_by, spent_on
from likeforlike.disclosure.ledger.gate import Verdict, decide
from likeforlike.disclosure.ledger.opened import Sealed, version_of
from likeforlike.disclosure.ledger.read import (
    packed,
    read_earlier,
    read_entries,
    read_key,
    read_mark,
    read_release,
)
from likeforlike.disclosure.ledger.submission import Draw, Submission
from likeforlike.disclosure.ledger.tokens import Tokens
from likeforlike.disclosure.ledger.write import (
    ENTRIES,
    KEY,
    MARK,
    PEOPLE,
    RELEASES,
    append,
    begin,
    held,
    put,
    put_head,
)
from likeforlike.disclosure.noise import Counted, Noisy, has_left, noisy_count, question_of
from likeforlike.errors import InputProblem

FOLDER = "ledger"
ELSEWHERE = (
    "What this register was asked before is in another ledger than the one beside it: say where that is, with "
    "LIKEFORLIKE_LEDGER."
)
UNMARKED = (
    "The register's folder cannot be written, so that it cannot be marked with its ledger: say where the ledger is, "
    "with LIKEFORLIKE_LEDGER."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a submission."""

    entry: Entry
    verdict: Verdict
    release: bytes | None
    """What may leave: the new bytes, or the old ones of the same request; nothing where it is refused."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The folder and its key."""

    folder: Path
    key: bytes = field(repr=False)

    @classmethod
    def of_register(cls, register: Path, given: Path | None = None) -> Ledger:
        """The ledger that has a register's answers: beside it, or where the lab says.

        The register is marked with it, so that a copy of the register elsewhere does not begin a ledger of its own.

        Raises
        ------
        InputProblem
            The ledger beside the register is not the one that has its answers, or cannot be opened.
        """
        folder = given or register.resolve().parent / FOLDER
        before = read_mark(register)
        if given is None and before and not (folder / KEY).is_file():
            raise InputProblem(ELSEWHERE)
        ledger = cls.at(folder)
        if given is None and before not in ("", ledger.name):
            raise InputProblem(ELSEWHERE)
        if not before:
            try:
                put(register / MARK, f"{ledger.name}\n".encode())
            except OSError:
                if given is None:
                    raise InputProblem(UNMARKED) from None
        return ledger

    @classmethod
    def at(cls, folder: Path) -> Ledger:
        """Open the ledger, or begin one.

        Raises
        ------
        InputProblem
            It cannot be written, or is not as it was written.
        """
        try:
            begin(folder)
        except OSError as error:
            raise _unwritten(error) from None
        ledger = cls(folder, read_key(folder))
        ledger.entries()
        return ledger

    @classmethod
    def existing(cls, folder: Path) -> Ledger:
        """Open a ledger that has entries; never begin one.

        Raises
        ------
        InputProblem
            There is none, or it is not as it was written.
        """
        if not (folder / ENTRIES).is_file():
            raise InputProblem(f"There is no ledger in '{folder}': give the folder that holds '{ENTRIES}'.")
        return cls.at(folder)

    @property
    def name(self) -> str:
        """What tells it from other ledgers; it says nothing of the key."""
        return _sha256(b"ledger" + self.key)[:16]

    def entries(self) -> list[Entry]:
        """All entries, oldest first; raises `InputProblem` where the chain is broken."""
        with held(self.folder):
            return read_entries(self.folder)

    def earlier(self) -> list[Earlier]:
        """All entries with their people."""
        return read_earlier(self.folder, self.entries())

    def verify(self) -> str:
        """Check every line, every list of people and every released file; gives the hash of the last entry.

        Whoever keeps that hash elsewhere can see a ledger that was written anew from its beginning.

        Raises
        ------
        InputProblem
            Anything is not as it was written.
        """
        entries = self.entries()
        read_earlier(self.folder, entries)
        for entry in entries:
            if entry.release_sha256:
                read_release(self.folder, entry)
        return entries[-1].sha256 if entries else ""

    def decide(self, submission: Submission) -> Verdict:
        """What the gate would say now; nothing is entered, so the answer may not leave the vault."""
        return decide(self.earlier(), submission, _sha256(packed(submission.people)))

    def enter(self, submission: Submission, release: bytes, today: date) -> Answer:
        """Decide, write down what was decided, and only then give back what may leave.

        Parameters
        ----------
        release
            What would be published.
        today
            The date of the entry.

        Raises
        ------
        InputProblem
            The ledger cannot be written: then nothing may leave.
        """
        with held(self.folder):
            entries = read_entries(self.folder)
            known = read_earlier(self.folder, entries)
            people = packed(submission.people)
            verdict = decide(known, submission, _sha256(people))
            if verdict.outcome == "repeat":
                release = read_release(self.folder, entries[verdict.request - 1])
            out = None if verdict.outcome == "refuse" else release
            what: What = "released" if out is not None else "refused"
            entry = self._add(entries, submission, what, verdict.reason, people, out, today)
        return Answer(entry, verdict, out)

    def enter_without(self, submission: Submission, what: What, reason: str, today: date) -> Entry:
        """Write down what was refused elsewhere, or withdrawn: it is half of a difference too.

        Parameters
        ----------
        reason
            For staff.
        """
        if what not in ("refused", "withdrawn"):
            raise ValueError("A release goes through the gate.")
        with held(self.folder):
            entries = read_entries(self.folder)
            return self._add(entries, submission, what, reason, packed(submission.people), None, today)

    def withdraw(self, number: int, reason: str, today: date) -> Entry:
        """Write down that a request was withdrawn; its people stay, and so does what was said of them.

        Parameters
        ----------
        number
            Of the entry that answered it.
        reason
            For staff.

        Raises
        ------
        InputProblem
            There is no such answer.
        """
        with held(self.folder):
            entries = read_entries(self.folder)
            known = {each.entry.number: each for each in read_earlier(self.folder, entries)}
            before = known.get(number)
            if before is None or before.entry.what not in ("released", "refused"):
                raise InputProblem(
                    f"Entry {number} of the ledger answered no request: see `likeforlike disclose audit`."
                )
            again = before.submission()
            return self._add(entries, again, "withdrawn", reason, packed(again.people), None, today)

    def seal(self, submission: Submission, plan_sha256: str, now: datetime) -> Sealed:
        """Write a plan down before outcomes are opened; the same plan for the same list keeps its first time.

        Parameters
        ----------
        submission
            Everybody on the list, and what became of them so far.
        now
            The time of the entry.
        """
        with held(self.folder):
            entries = read_entries(self.folder)
            known = read_earlier(self.folder, entries)
            people = packed(submission.people)
            version = version_of(plan_sha256, submission.persons, known)
            for each in known:
                same = each.entry.is_about(submission, _sha256(people))
                if same and (each.entry.what, each.entry.plan_sha256) == ("opened", plan_sha256):
                    return Sealed(datetime.fromisoformat(each.entry.date), version)
            self._add(entries, submission, "opened", "", people, None, now, plan_sha256)
        return Sealed(now, version)

    def draw(
        self,
        submission: Submission,
        counted: Counted,
        statistic: str,
        noise: tuple[float, float],
        today: date,
    ) -> Noisy:
        """The count of a group with noise, as it was drawn before or is now; entered before anybody sees it.

        The budget is kept twice. By the rows of the list, as its provider wrote them: where that does not reach, the
        request is refused, which tells nothing that the provider does not know. And by person: whoever has none left
        (under another spelling, say) is not looked at, and counts as `Counted.otherwise`; nobody can tell.

        Parameters
        ----------
        counted
            Of whom, and who of them had the event.
        statistic
            The same name for the same question in every study.
        noise
            Epsilon, and the budget for each person.

        Raises
        ------
        Refused
            The budget does not reach.
        """
        tokens, (epsilon, budget) = submission.groups[counted.group], noise
        rows = submission.groups[counted.rows]
        question = question_of(tokens, statistic, submission.vintage)
        with held(self.folder):
            entries = read_entries(self.folder)
            known = read_earlier(self.folder, entries)
            draws = [draw for each in known for draw in each.entry.draws]
            left = has_left(spent_by(tokens, known), len(tokens), epsilon, budget)
            noisy = noisy_count(
                counted.events(tokens, left),
                len(tokens),
                epsilon,
                question,
                earlier=[Noisy(draw.question, draw.value, draw.epsilon) for draw in draws],
                spent=spent_on(rows, known),
                budget=budget,
            )
            if question not in {draw.question for draw in draws}:
                drawn = Draw(noisy.question, noisy.value, noisy.epsilon)
                mine = _only_drawn(submission, counted, tokens[left], drawn)
                self._add(entries, mine, "drawn", "", packed(mine.people), None, today)
        return noisy

    def _add(
        self,
        entries: list[Entry],
        submission: Submission,
        what: What,
        reason: str,
        people: bytes,
        release: bytes | None,
        today: date,
        plan_sha256: str = "",
    ) -> Entry:
        """People and bytes first, so that no line names what is not there; the ledger is held."""
        entry = entry_of(
            submission,
            what,
            reason,
            date=today.isoformat(),
            tokens_sha256=_sha256(people),
            release_sha256="" if release is None else _sha256(release),
            after=entries[-1] if entries else None,
            plan_sha256=plan_sha256,
        )
        try:
            if entries:
                put_head(self.folder, entries[-1])
            put(self.folder / PEOPLE / entry.tokens_sha256, people)
            if release is not None:
                put(self.folder / RELEASES / entry.release_sha256, release)
            append(self.folder, entry)
        except OSError as error:
            raise _unwritten(error) from None
        return entry


def _only_drawn(submission: Submission, counted: Counted, people: Tokens, drawn: Draw) -> Submission:
    """The request with nobody in it but those who were looked at, and their rows."""
    rows = {counted.rows: submission.groups[counted.rows]}
    return replace(
        submission,
        groups={counted.group: people} | rows,
        claims=(),
        counted=frozenset(),
        analysed=frozenset(),
        as_sent=frozenset(rows),
        draws=(drawn,),
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _unwritten(error: OSError) -> InputProblem:
    why = (error.strerror or "unknown reason").lower()
    return InputProblem(
        f"The ledger could not be written ({why}), so nothing may leave: make room, or free it."
    )
