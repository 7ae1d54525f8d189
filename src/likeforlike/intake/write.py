"""Writes the template and the list of problems: the only place of intake that writes to disk."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import polars as pl

from likeforlike.errors import InputProblem
from likeforlike.intake.cohort import Cohort
from likeforlike.intake.template import ACTS_AS_FORMULA, template_csv, template_ods
from likeforlike.intake.template_xlsx import template_xlsx
from likeforlike.labs.definition import Lab

MAKERS = {"template.xlsx": template_xlsx, "template.ods": template_ods, "template.csv": template_csv}


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
        The folder cannot be written to.
    """
    files = {out / name: make(lab) for name, make in MAKERS.items()}
    for path, content in files.items():
        _write(path, content)
    return list(files)


def write_problems(cohort: Cohort, path: Path) -> Path:
    """Write every problem of a list as CSV, for the person who sent it: it holds cells as they wrote them.

    Parameters
    ----------
    cohort
        Whose problems are written, with the columns of `Cohort.to_frame`.
    path
        The CSV to write; a file of that name is replaced.

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
    _write(path, frame.write_csv(include_bom=True).encode())
    return path


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise InputProblem(
            f"{path.name} cannot be written in {path.parent.name}: check the folder's space and permissions."
        ) from None
