"""Finds the studies that a vault holds."""

from __future__ import annotations

from pathlib import Path

from likeforlike.errors import InputProblem
from likeforlike.study import Study

STUDY = "study.json"
REFUSAL = "refusal.txt"


def find_study(place: Path) -> tuple[Path, Study]:
    """The folder of the one study at a place, and what it says it is.

    Parameters
    ----------
    place
        The `--out` folder of a run, its vault, or the folder of a study in it.

    Raises
    ------
    InputProblem
        There is none, there are several, or it cannot be read.
    """
    tried = (place / STUDY, *sorted(place.glob(f"*/{STUDY}")), *sorted((place / "vault").glob(f"*/{STUDY}")))
    found = [file for file in tried if file.is_file()]
    if not found:
        raise InputProblem(
            f"There is no study in '{place.name}': give the --out folder of a run, or its vault."
        )
    if len(found) > 1:
        names = ", ".join(file.parent.name for file in found)
        raise InputProblem(
            f"There are several studies in '{place.name}': give the folder of one, of {names}."
        )
    try:
        return found[0].parent, Study.model_validate_json(found[0].read_bytes())
    except ValueError:
        raise InputProblem(
            f"'{STUDY}' in '{found[0].parent.name}' is of another version: run the study again with this one."
        ) from None


def read_refusal(study: Path) -> str:
    """Why a study was refused, as it was noted for the lab's staff; empty if it was not."""
    note = study / REFUSAL
    return note.read_text(encoding="utf-8").strip() if note.is_file() else ""
