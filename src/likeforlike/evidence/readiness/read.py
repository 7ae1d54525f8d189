"""Reads a history of requests that is kept beside a lab."""

from __future__ import annotations

from pathlib import Path

from likeforlike.errors import InputProblem
from likeforlike.labs.definition import History, Lab
from likeforlike.read import read_toml


def read_history(lab: Lab, file: Path | None = None) -> History:
    """The lab's history, or the one in a file of the same form.

    Raises
    ------
    InputProblem
        There is neither, the file has a wrong key, or it names a measure that the lab does not have.
    """
    found = lab.history if file is None else read_toml(file, History.model_validate)
    if found is None:
        raise InputProblem(
            f"The lab '{lab.name}' has published no history of requests: give one with --history."
        )
    known = {m.name for m in lab.outcomes.measure}
    unknown = next((t.measure for t in found.typical if t.measure not in known), None)
    if unknown is not None:
        name = "history.toml" if file is None else file.name
        raise InputProblem(
            f"{name}: there is no measure '{unknown}' in the lab: use one of {', '.join(sorted(known))}."
        )
    return found
