"""What a register says of itself: where it came from, what it holds, what the checks found."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from likeforlike.errors import RegisterProblem

FORMAT = 2
FILE = "manifest.json"
TABLES = "tables"
LINKAGE = "linkage"

Fault = Literal[
    "unreadable_row",
    "wrong_type",
    "unknown_code",
    "too_early",
    "too_late",
    "after_extract",
    "missing",
    "duplicate_key",
    "broken_reference",
    "garbled_text",
]
FAULTS: dict[Fault, str] = {
    "unreadable_row": "rows that cannot be read",
    "wrong_type": "values of the wrong type",
    "unknown_code": "values that are none of the codes",
    "too_early": "dates that are too early",
    "too_late": "dates that are too late",
    "after_extract": "dates after the date of the extract",
    "missing": "required values that are missing",
    "duplicate_key": "rows whose key another row already has",
    "broken_reference": "values that refer to a row that is not there",
    "garbled_text": "rows with garbled letters (such as Ã© for é)",
}
Action = Literal["row dropped", "value emptied", "kept"]


class Frozen(BaseModel):
    """A part of the manifest."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Check(Frozen):
    """One kind of fault that the department's tables showed, how often, and what was done."""

    table: str
    column: str
    fault: Fault
    rows: int
    action: Action

    @property
    def sentence(self) -> str:
        place = f"{self.table}.{self.column}" if self.column else self.table
        return f"{place}: {self.rows:,} {FAULTS[self.fault]} ({self.action})"


class FileEntry(Frozen):
    """A file of the register."""

    path: str
    rows: int
    bytes: int
    sha256: str


class Lesson(Frozen):
    """How many true pairs of a cohort agreed on a field at a level; see `linkage.agreement`."""

    field: str
    level: int
    pairs: int


class Manifest(Frozen):
    """Everything that names a register's content; holds no clock time, so equal input gives equal bytes."""

    format: int = FORMAT
    lab: str
    rules_sha256: str
    """Of the lab's files that decide what a register holds: its wording, say, may change without a new one."""
    vintage: date
    rows_read: dict[str, int]
    files: tuple[FileEntry, ...]
    checks: tuple[Check, ...]
    software: dict[str, str]
    model_from: date | None = None
    """The extract that the linkage model was trained on, if an earlier one."""
    drift: float | None = None
    """How far chance agreement has moved since then in any level, in bits of match weight."""
    learnt: dict[str, tuple[Lesson, ...]] = {}
    """What past cohorts taught of true pairs, by the hash of each list."""

    def to_json(self) -> str:
        return json.dumps(self.model_dump(mode="json"), indent=1, sort_keys=True) + "\n"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def entry(self, path: str) -> FileEntry:
        return next(f for f in self.files if f.path == path)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a register's folder.

    Raises
    ------
    RegisterProblem
        The folder is not a register, or its manifest is damaged or of another format.
    """
    try:
        content = json.loads((folder / FILE).read_bytes())
    except OSError:
        raise RegisterProblem(
            f"'{folder.name}' is not a register: build one with 'likeforlike register build'."
        ) from None
    except ValueError:
        raise _damaged(folder) from None
    if not isinstance(content, dict) or "format" not in content:
        raise _damaged(folder)
    if content["format"] != FORMAT:
        raise RegisterProblem(
            f"The register '{folder.name}' was written by another version of this program: build it again."
        )
    try:
        return Manifest.model_validate(content)
    except ValidationError:
        raise _damaged(folder) from None


def _damaged(folder: Path) -> RegisterProblem:
    return RegisterProblem(
        f"The register '{folder.name}' is damaged ({FILE} cannot be read): build it again."
    )


def file_entry(folder: Path, path: str, rows: int) -> FileEntry:
    """Describe a file of a register that is being built."""
    with (folder / path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileEntry(path=path, rows=rows, bytes=(folder / path).stat().st_size, sha256=digest)
