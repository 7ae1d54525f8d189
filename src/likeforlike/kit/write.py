"""Writes a new lab's folder from the skeleton, and a lab's description."""

from __future__ import annotations

import re
from pathlib import Path

from likeforlike.errors import InputProblem

SKELETON = Path(__file__).parent / "skeleton"
NAME = re.compile(r"[a-z][a-z0-9_]*")


def new_lab(name: str, folder: Path) -> Path:
    """Write a commented skeleton of a lab, complete enough to pass its check and to be rehearsed on.

    Raises
    ------
    InputProblem
        The name is none, or the folder holds something already.
    """
    if not NAME.fullmatch(name):
        raise InputProblem(f"'{name}' is no name for a lab: use small letters, digits and underscores.")
    if folder.exists() and any(folder.iterdir()):
        raise InputProblem(f"The folder '{folder.name}' is not empty: give another one.")
    (folder / "sql").mkdir(parents=True, exist_ok=True)
    for path in sorted((*SKELETON.glob("*.toml"), *SKELETON.glob("sql/*.sql"))):
        text = path.read_text(encoding="utf-8").replace("NAME_OF_THE_LAB", name)
        (folder / path.relative_to(SKELETON)).write_text(text, encoding="utf-8")
    return folder


def write_description(text: str, path: Path) -> Path:
    """Write a lab's description."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
