"""What the studies in a vault teach about linkage: counts of agreement among pairs that share an identifier."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from likeforlike.errors import InputProblem

AGREEMENT = Path("linkage") / "agreement.parquet"


def read_lessons(folders: Iterable[Path], lab: str) -> dict[str, pl.DataFrame]:
    """The counts of each list that was linked, by the list's hash.

    Parameters
    ----------
    folders
        Folders with studies somewhere in them, such as the `--out` of `likeforlike run`.
    lab
        The lab whose studies are wanted; others are passed over.

    Raises
    ------
    InputProblem
        A folder is missing, or no study of this lab with finished linkage is in any of them.
    """
    lessons: dict[str, pl.DataFrame] = {}
    for folder in folders:
        if not folder.is_dir():
            raise InputProblem(
                f"There is no folder '{folder.name}': give the --out folder of an earlier run."
            )
        for study in sorted(folder.rglob("study.json")):
            counts = study.parent / AGREEMENT
            said = json.loads(study.read_text(encoding="utf-8"))
            if counts.is_file() and said["lab"] == lab:
                lessons[said["cohort_sha256"]] = pl.read_parquet(counts)
    if not lessons:
        raise InputProblem(
            f"No study of the lab '{lab}' was linked there: give the --out folder of an earlier run."
        )
    return lessons
