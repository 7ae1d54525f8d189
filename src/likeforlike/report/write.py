"""Writes a report to a folder: all of it, or nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path

from likeforlike.disclosure.release import Release
from likeforlike.errors import InputProblem
from likeforlike.labs.definition import Lab
from likeforlike.report.formats import FORMATS
from likeforlike.report.page import make_page
from likeforlike.report.results import csv_bytes, results_json
from likeforlike.report.tables import tables

PAGE, RESULTS = FORMATS["html"], FORMATS["json"]
OWNED = tuple(reversed(FORMATS.values()))
"""What a report puts in its folder, in the order it is put in place: the page comes last."""


def write_report(release: Release, lab: Lab, out: Path, *, formats: Collection[str] = tuple(FORMATS)) -> Path:
    """Write `report.html`, `results.json`, `tables/*.csv` and `charts/*.svg`, replacing an earlier report.

    The same release gives the same bytes. Files in `out` that are not a report's are left alone.

    Parameters
    ----------
    release
        What passed disclosure control; a refusal gives a one-page report.
    lab
        The lab whose wording is used.
    out
        The folder; made if it is missing.
    formats
        Names of `FORMATS`; what an earlier report has of others is removed.

    Returns
    -------
    Path
        `report.html`, or the first of what was asked for.

    Raises
    ------
    InputProblem
        The folder cannot be written to.
    LabProblem
        The lab's wording misses a sentence.
    """
    files = _of(formats, report_files(release, lab))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as folder:
            _fill(Path(folder), files)
            _put_in_place(Path(folder), out)
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise InputProblem(
            f"The report could not be written to '{out}' ({why}): make room, or give another folder."
        ) from None
    return next(out / name for key, name in FORMATS.items() if key in formats)


def report_files(release: Release, lab: Lab) -> dict[str, bytes]:
    """Every file of a report by its name within the folder; touches no disk.

    Raises
    ------
    TypeError
        It is no `Release`: nothing else may leave.
    """
    if not isinstance(release, Release):
        raise TypeError("Only a Release may leave the vault.")
    page = make_page(release, lab)
    files = {PAGE: page.html.encode(), RESULTS: results_json(release)}
    files |= {f"tables/{table.name}.csv": csv_bytes(table) for table in tables(release)}
    files |= {f"charts/{figure.name}.svg": figure.wide.encode() for figure in page.figures}
    return files


def _of(formats: Collection[str], files: dict[str, bytes]) -> dict[str, bytes]:
    kept = {FORMATS[name] for name in formats}
    return {name: content for name, content in files.items() if name.partition("/")[0] in kept}


def _fill(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)


def _put_in_place(folder: Path, out: Path) -> None:
    out.mkdir(exist_ok=True)
    for name in reversed(OWNED):
        _remove(out / name)
    for name in OWNED:
        if (folder / name).exists():
            os.replace(folder / name, out / name)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
