"""A certificate as a file, and the trial runs of one that is not finished."""

from __future__ import annotations

import io
import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from shutil import rmtree
from typing import Any

import polars as pl

from likeforlike.calibration.certificate import COLUMNS, Certificate
from likeforlike.calibration.placebo import Selection
from likeforlike.errors import InputProblem
from likeforlike.files import to_disk
from likeforlike.hashes import sha256_of
from likeforlike.labs.definition import Lab
from likeforlike.vault.write import made

FILE = "calibration.json"
"""What it is called beside a register."""
FORMAT = 1
OWNER_ONLY = 0o600
log = logging.getLogger(__name__)


def write_certificate(certificate: Certificate, path: Path) -> None:
    """Write it whole or not at all, readable by its owner only: its figures are not protected."""
    text = json.dumps({"format": FORMAT, **certificate.to_dict()}, indent=1, allow_nan=False) + "\n"
    with made(path.parent):
        _write(path, text.encode())


def read_certificate(path: Path, lab: Lab, register_sha256: str) -> Certificate:
    """Read a certificate of this lab and this register.

    Raises
    ------
    InputProblem
        It is missing, cannot be read, or is of another register or another version of the lab.
    """
    try:
        content = json.loads(path.read_bytes())
        if content.pop("format") != FORMAT:
            raise ValueError
        cells = pl.DataFrame(content.pop("cells"), schema=COLUMNS)
        vintage = date.fromisoformat(content.pop("vintage"))
        if set(content) != {f.name for f in fields(Certificate)} - {"frame", "vintage"}:
            raise ValueError
        found = Certificate(**content, vintage=vintage, frame=cells)
    except FileNotFoundError:
        raise InputProblem(f"There is no file {path}: make it with `likeforlike calibrate`.") from None
    except (ValueError, TypeError, KeyError, AttributeError, pl.exceptions.PolarsError):
        raise InputProblem(
            f"{path.name} is not a certificate that can be read: make it again with `likeforlike calibrate`."
        ) from None
    ours = {"register": register_sha256, "lab": lab.sha256}
    theirs = {"register": found.register_sha256, "lab": found.lab_sha256}
    for what, sha256 in ours.items():
        if theirs[what] != sha256:
            raise InputProblem(
                f"{path.name} was made with another {what} or another version of it: "
                "make it again with `likeforlike calibrate`."
            )
    return found


def current_certificate(register: Path, lab: Lab, register_sha256: str) -> Certificate | None:
    """The certificate beside a register; nothing, with a note to whoever runs the study, where it does not hold."""
    path = register / FILE
    if not path.exists():
        return None
    try:
        return read_certificate(path, lab, register_sha256)
    except InputProblem as problem:
        log.warning("The certificate of calibration is not used: %s", problem)
        return None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Trial runs beside a certificate that is being made: one file for each size and strength."""

    folder: Path
    key: str
    """Of everything that decides the runs but size and strength."""

    @classmethod
    def beside(cls, path: Path, **decided_by: Any) -> Unfinished:
        """For a certificate at `path`; runs decided by anything else are not taken."""
        return cls(path.parent / f".{path.name}.unfinished", sha256_of(decided_by)[:16])

    def __call__(self, cell: Selection, make: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """The runs of an earlier time, or those that `make` gives."""
        file = self.folder / f"{self.key}-{cell.size}-{round(1000 * cell.strength)}.parquet"
        try:
            return pl.read_parquet(file)
        except (OSError, pl.exceptions.PolarsError):
            runs = make()
        runs.write_parquet(content := io.BytesIO())
        with made(self.folder):
            _write(file, content.getvalue())
        return runs

    def remove(self) -> None:
        """Take them away once the certificate is written."""
        rmtree(self.folder, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    with _whole(path) as unfinished:
        opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
        with os.fdopen(opened, "wb") as file:
            file.write(content)
        to_disk(unfinished)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    unfinished = path.with_name(f".{path.name}.part")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
