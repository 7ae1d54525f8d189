"""The folder of a standing cohort: what was declared, the lineage of looks, and the lists in its vault."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from likeforlike.disclosure.release import LookRow, Release
from likeforlike.errors import InputProblem
from likeforlike.evidence.looks.declared import Looks
from likeforlike.evidence.looks.marked import marked
from likeforlike.files import to_disk
from likeforlike.intake import Cohort, pool, read_cohort
from likeforlike.labs.definition import Lab
from likeforlike.plan import Plan
from likeforlike.standing.added import Added, Lists, fewest
from likeforlike.standing.declared import Declared, Lineage, Looked
from likeforlike.study import Programme
from likeforlike.vault.write import made, write_whole

DECLARED, LINEAGE = "declared.json", "lineage.json"
VAULT, LISTS, INDEX = "vault", "lists", "lists.json"
Kept = TypeVar("Kept", bound=BaseModel)


def declare(folder: Path, lab: str, programme: Programme, plan: Plan, looks: Looks, today: date) -> Standing:
    """Register a programme whose list will grow; nothing of it can be changed afterwards.

    Raises
    ------
    InputProblem
        The folder has one already.
    """
    if (folder / DECLARED).exists():
        raise InputProblem(f"'{folder.name}' has a standing cohort already: give another folder.")
    declared = Declared(lab=lab, programme=programme, plan=plan, looks=looks, on=today)
    with made(folder), made(folder / VAULT), made(folder / VAULT / LISTS):
        write_whole(folder / DECLARED, declared.model_dump_json(indent=2))
        standing = Standing(folder, declared)
        standing._keep(standing.lineage)
    return standing


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing cohort in its folder."""

    folder: Path
    declared: Declared

    @classmethod
    def at(cls, folder: Path) -> Standing:
        """The standing cohort of a folder.

        Raises
        ------
        InputProblem
            There is none, or its files do not belong together.
        """
        if not (folder / DECLARED).is_file():
            raise InputProblem(
                f"There is no standing cohort in '{folder.name}': begin one with `likeforlike standing new`."
            )
        standing = cls(folder, _read(folder / DECLARED, Declared))
        if standing.lineage.declared_sha256 != standing.declared.sha256:
            raise InputProblem(
                f"'{DECLARED}' in '{folder.name}' was changed after it was written: bring the original back."
            )
        return standing

    @property
    def vault(self) -> Path:
        return self.folder / VAULT

    @property
    def lineage(self) -> Lineage:
        """Every look so far."""
        if (self.folder / LINEAGE).is_file():
            return _read(self.folder / LINEAGE, Lineage)
        declared = self.declared
        return Lineage(
            programme=declared.programme,
            declared_sha256=declared.sha256,
            declared_on=declared.on,
            looks=declared.looks,
        )

    @property
    def lists(self) -> Lists:
        """Every list so far."""
        index = self.vault / INDEX
        return _read(index, Lists) if index.is_file() else Lists()

    @property
    def waiting(self) -> int:
        """People who joined since the last look."""
        lists = self.lists
        return lists.people() - lists.people(self.lineage.lists)

    def out(self, look: int) -> Path:
        """Where a look's report is written."""
        return self.folder / "looks" / str(look)

    def add(self, file: Path, lab: Lab, today: date, sheet: str | None = None) -> Lists:
        """Copy a list of people who joined into the vault, once it is in order.

        Raises
        ------
        InputProblem
            Something on it must be fixed first, nobody on it is new, or the last look was made.
        """
        self.require_open()
        lists = self.lists
        before = [self._cohort(each, lab) for each in lists.added]
        people = pool([*before, read_cohort(file, lab, sheet=sheet)], file.name).people.height
        if people == lists.people():
            raise InputProblem(f"Nobody in {file.name} is new: everybody is on an earlier list.")
        content = file.read_bytes()
        name = f"{len(lists.added) + 1:04}"
        place = self.vault / LISTS / name
        place.touch(mode=0o600)
        place.write_bytes(content)
        to_disk(place)
        each = Added(
            file=name, bytes_sha256=hashlib.sha256(content).hexdigest(), sheet=sheet, people=people, on=today
        )
        told = lists.model_copy(update={"added": (*lists.added, each)})
        write_whole(self.vault / INDEX, told.model_dump_json(indent=2))
        return told

    def cohort(self, lab: Lab, lists: int) -> Cohort:
        """Everybody on the first so many lists."""
        parts = [self._cohort(each, lab) for each in self.lists.added[:lists]]
        return pool(parts, self.declared.programme.name)

    def due(self, lab: Lab, vintage: date) -> int:
        """How many lists the next look is about; 0 where there is nothing new to look at.

        Where too few have joined they are left out, and a look needs newer records.
        """
        lists, lineage = self.lists, self.lineage
        if self.waiting >= fewest(lists.people(lineage.lists), lab):
            return len(lists.added)
        newer = bool(lineage.looked) and vintage > lineage.rows[-1].vintage
        return lineage.lists if newer else 0

    def require_open(self) -> None:
        """Refuse another look after the last one.

        Raises
        ------
        InputProblem
            The last look was made.
        """
        if self.lineage.over:
            raise InputProblem(
                "The plan's last look was made, so that another could claim nothing: declare a new standing cohort."
            )

    def mark(self, release: Release) -> Release:
        """The release as this look may show it."""
        return marked(release, self.declared.looks, self.lineage.rows)

    def enter(self, row: LookRow, study_sha256: str, lists: int) -> Lineage:
        """Write a look into the lineage."""
        lineage = self.lineage
        told = lineage.model_copy(
            update={"looked": (*lineage.looked, Looked(row=row, study_sha256=study_sha256, lists=lists))}
        )
        self._keep(told)
        return told

    def _cohort(self, added: Added, lab: Lab) -> Cohort:
        place = self.vault / LISTS / added.file
        if not place.is_file() or hashlib.sha256(place.read_bytes()).hexdigest() != added.bytes_sha256:
            raise InputProblem(
                f"List {added.file} in '{self.folder.name}' is not as it was added: bring it back."
            )
        return read_cohort(place, lab, sheet=added.sheet)

    def _keep(self, lineage: Lineage) -> None:
        write_whole(self.folder / LINEAGE, lineage.model_dump_json(indent=2))


def _read(file: Path, kind: type[Kept]) -> Kept:
    try:
        return kind.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        raise InputProblem(
            f"'{file.name}' in '{file.parent.name}' is damaged: bring back a copy of it."
        ) from None
