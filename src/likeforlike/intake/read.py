"""Opens a provider's file: the only place of intake that reads from disk."""

from __future__ import annotations

from pathlib import Path

from likeforlike.errors import InputProblem
from likeforlike.intake.assemble import assemble_cohort
from likeforlike.intake.cohort import Cohort
from likeforlike.labs.definition import Lab

LARGEST_FILE = 50_000_000
"""Bytes; a list of 50,000 people takes about 6 million."""


def read_cohort(path: str | Path, lab: Lab, *, sheet: str | None = None) -> Cohort:
    """Read a provider's list from a CSV, XLSX or ODS.

    Parameters
    ----------
    path
        The file; its content decides what kind it is, not its name.
    lab
        The lab the list is for.
    sheet
        The sheet to read, where the file has several lists.

    Returns
    -------
    Cohort
        With every problem of the list; `ready` says whether it may be used.

    Raises
    ------
    InputProblem
        The file as a whole cannot be read: it is missing, empty, protected, damaged, too large, not a
        spreadsheet, or holds no list of people.
    """
    path = Path(path)
    name = _printable(path.name)
    return assemble_cohort(_content(path, name), name, lab, sheet)


def _content(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise InputProblem(f"{name} is a folder: give the file that holds your list.")
        if not path.exists():
            raise InputProblem(f"There is no file {name}: check its name and folder.")
        if not path.is_file():
            raise InputProblem(f"{name} is not a file: give the file that holds your list.")
        if path.stat().st_size > LARGEST_FILE:
            limit = LARGEST_FILE // 1_000_000
            raise InputProblem(f"{name} is larger than {limit} MB: keep only the columns of the template.")
        return path.read_bytes()
    except (OSError, ValueError):
        raise InputProblem(
            f"{name} cannot be opened: check that you may read it and that it is not in use."
        ) from None


def _printable(name: str) -> str:
    """A file's name without characters that would change how a terminal shows it."""
    return "".join(c if c.isprintable() else "?" for c in name) or "The file"
