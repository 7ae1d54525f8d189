"""Writes several labs' answers to a folder."""

from __future__ import annotations

from pathlib import Path

from likeforlike.evidence.pages.text import Text
from likeforlike.evidence.pages.write import write_page
from likeforlike.evidence.together.answers import Together
from likeforlike.evidence.together.page import make_page


def write_together(found: Together, out: str | Path) -> Path:
    """Write the page, its table as CSV and everything as JSON.

    Raises
    ------
    InputProblem
        The folder cannot be written to.
    """
    text = Text("together")
    frame = found.to_frame()
    tables = {"measures": frame} if frame.height else {}
    return write_page("together", make_page(found, text), text, found.to_dict(), tables, out)
