"""Writes what an effect is worth to a folder."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from likeforlike.evidence.money.page import make_page
from likeforlike.evidence.money.worth import Worth
from likeforlike.evidence.pages.text import Text
from likeforlike.evidence.pages.write import write_page


def write_worth(worth: Worth, out: str | Path) -> Path:
    """Write the page, its chart, its tables as CSV and everything as JSON.

    Raises
    ------
    InputProblem
        The folder cannot be written to.
    """
    text = Text("money")
    facts = worth.to_dict()
    tables = {"ranges": worth.to_frame(), "movers": pl.DataFrame(facts["movers"])}
    found = {name: frame for name, frame in tables.items() if frame.height}
    return write_page("worth", make_page(worth, text), text, facts, found, out)
