"""Files that commands write by themselves."""

from __future__ import annotations

from pathlib import Path

from likeforlike.errors import InputProblem


def write_new(path: Path, text: str) -> None:
    """Write a file that somebody is going to change; one that is there already is left alone.

    Raises
    ------
    InputProblem
        The file is there.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise InputProblem(
            f"There is a file {path} already: give another name, or remove it first."
        ) from None
    except FileNotFoundError:
        raise InputProblem(f"There is no folder {path.parent}: make it first.") from None
