"""Writes the template and the list of problems: the only place of intake that writes to disk."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import polars as pl

from likeforlike.errors import InputProblem
from likeforlike.intake.cohort import Cohort
from likeforlike.intake.template import ACTS_AS_FORMULA, template_csv, template_ods
from likeforlike.intake.template_xlsx import template_xlsx
from likeforlike.labs.definition import Lab

MAKERS = {"template.xlsx": template_xlsx, "template.ods": template_ods, "template.csv": template_csv}

EVERYONE, PRIVATE = 0o666, 0o600
"""Who may read a file, before the umask."""


def write_templates(lab: Lab, out: Path) -> list[Path]:
    """Write an empty list with guidance and an example row, as XLSX, ODS and CSV.

    Parameters
    ----------
    lab
        Whose columns the list has.
    out
        The folder for the files; it is made if needed.

    Returns
    -------
    list of Path
        The files, whose bytes are the same each time for the same lab.

    Raises
    ------
    InputProblem
        The folder cannot be written to; then none of the files is.
    """
    files = {out / name: make(lab) for name, make in MAKERS.items()}
    _write(files)
    return list(files)


def write_problems(cohort: Cohort, path: Path) -> Path:
    """Write every problem of a list as CSV, for the person who sent it: it holds cells as they wrote them.

    Parameters
    ----------
    cohort
        Whose problems are written, with the columns of `Cohort.to_frame`.
    path
        The CSV to write, for its owner only; a file of that name is replaced.

    Returns
    -------
    Path
        The same path.

    Raises
    ------
    InputProblem
        The file cannot be written.
    """
    frame = cohort.to_frame()
    for name in ("file", "value"):
        acts = pl.any_horizontal(pl.col(name).str.starts_with(sign) for sign in ACTS_AS_FORMULA)
        safe = pl.when(acts).then(pl.concat_str(pl.lit("'"), name)).otherwise(name)
        frame = frame.with_columns(safe.alias(name))
    _write({path: frame.write_csv(include_bom=True).encode()}, PRIVATE)
    return path


def _write(files: dict[Path, bytes], mode: int = EVERYONE) -> None:
    """Write all of the files, which are of one folder, or none."""
    parts = {path: path.with_name(f".{path.name}.part") for path in files}
    folder = next(iter(files)).parent
    new = [place for place in (folder, *folder.parents) if not place.exists()]
    path = next(iter(files))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            _write_new(parts[path], content, mode)
        for path in files:
            if path.is_dir():
                raise IsADirectoryError
        for path, part in parts.items():
            part.replace(path)
    except OSError:
        raise InputProblem(
            f"{path.name} cannot be written in {folder.name}: check the folder's space and permissions."
        ) from None
    finally:
        for leftover in parts.values():
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
        for place in new:
            with suppress(OSError):
                place.rmdir()


def _write_new(path: Path, content: bytes, mode: int) -> None:
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
