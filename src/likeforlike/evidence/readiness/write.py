"""Writes what to expect of a list to a folder."""

from __future__ import annotations

from pathlib import Path

from likeforlike.evidence.pages.text import Text
from likeforlike.evidence.pages.write import write_page
from likeforlike.evidence.readiness.assess import Readiness
from likeforlike.evidence.readiness.page import make_page


def write_readiness(readiness: Readiness, out: str | Path) -> Path:
    """Write the page, its chart, its table as CSV and everything as JSON; none of it holds a person's details.

    Raises
    ------
    InputProblem
        The folder cannot be written to.
    """
    text = Text("ready")
    frame = readiness.to_frame()
    tables = {"measures": frame} if frame.height else {}
    return write_page("ready", make_page(readiness, text), text, readiness.to_dict(), tables, out)
