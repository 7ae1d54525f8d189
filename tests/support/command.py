"""Run a command as a person would, in this process, and see what it said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from likeforlike.cli import main


@dataclass(frozen=True)
class Said:
    """The exit code, standard output and standard error of a command."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The last line of standard error: what the person is told when something is wrong."""
        return self.err.strip().splitlines()[-1] if self.err.strip() else ""


def likeforlike(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Said:
    capsys.readouterr()
    with pytest.raises(SystemExit) as left:
        main([str(a) for a in arguments])
    printed = capsys.readouterr()
    return Said(int(left.value.code or 0), printed.out, printed.err)


def studies_in(out: Path) -> list[Path]:
    """The folders of the studies in a run's vault."""
    return sorted(p.parent for p in (out / "vault").glob("*/study.json"))


PACKED = (".pdf", ".xlsx", ".ods")
SEALED = re.compile(rb"\d{4}-\d\d-\d\d[T ][\d:]{8}(?:Z|\+00:00)|\d{1,2} \w+ \d{4}(?:,| at) \d\d:\d\d UTC")


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path in it; the time of the seal, the only clock in a release, is blotted out.

    Of files in which it cannot be, because they are packed or hold hashes of the others, only the name counts.
    """
    return {
        path.relative_to(folder).as_posix(): b""
        if path.suffix in PACKED or path.name == "ro-crate-metadata.json"
        else SEALED.sub(b"(time)", path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
