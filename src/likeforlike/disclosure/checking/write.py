"""Writes what checkers need into the vault, and nowhere else."""

from __future__ import annotations

import json
import re
from pathlib import Path

from likeforlike.disclosure.checking.pack import Pack, as_text
from likeforlike.disclosure.checking.record import record_of
from likeforlike.errors import InputProblem
from likeforlike.labs.definition import DisclosureProfile

FOLDER, TABLES, PRIVATE = "checking", "tables", 0o700


def write_pack(study: Path, pack: Pack, profile: DisclosureProfile) -> Path:
    """Write `checking/pack.md` and `checking/results.json` into a study's folder of the vault.

    And `checking/tables`: every table of counts with its exact numbers in the format of τ-ARGUS.

    Raises
    ------
    InputProblem
        The folder is not one of a study in a vault: exact counts are written nowhere else.
    """
    if not (study / "study.json").is_file():
        raise InputProblem("The checker's pack is written only into a study's folder in the vault.")
    folder = study / FOLDER
    record = json.dumps(record_of(pack.checked, profile), indent=1, default=str)
    try:
        folder.mkdir(mode=PRIVATE, exist_ok=True)
        _put(folder / "results.json", record + "\n")
        _put(folder / "pack.md", as_text(pack) + "\n")
        (folder / TABLES).mkdir(mode=PRIVATE, exist_ok=True)
        for table in pack.tables:
            _put(folder / TABLES / f"{_file_name(table.name)}.jj", table.jj)
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise InputProblem(
            f"The checker's pack could not be written ({why}): make room, or free the folder."
        ) from None
    return folder / "pack.md"


def _file_name(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")


def _put(file: Path, text: str) -> None:
    """Write a file, or leave it as it was."""
    unfinished = file.with_suffix(".unfinished")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
