"""Writes a page with its charts, tables and figures for machines to a folder: all of it, or nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from likeforlike.evidence.pages.page import Page, page_html
from likeforlike.evidence.pages.text import Text
from likeforlike.report.files import replace_files
from likeforlike.report.results import NOT_APPLICABLE, csv_bytes
from likeforlike.report.tables import Table


def write_page(
    name: str, page: Page, text: Text, facts: dict[str, Any], tables: dict[str, pl.DataFrame], out: str | Path
) -> Path:
    """Write `NAME.html`, `NAME.json`, `tables/` and `charts/`, in place of earlier ones.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    InputProblem
        The folder cannot be written to.
    """
    content = json.dumps({"schema": f"likeforlike-{name}", **facts}, indent=2, ensure_ascii=False)
    files = {
        f"{name}.html": page_html(page, text).encode(),
        f"{name}.json": f"{content}\n".encode(),
        **{f"tables/{key}.csv": csv_bytes(_table(key, frame)) for key, frame in tables.items()},
        **{f"charts/{figure.name}.svg": figure.wide.encode() for figure in page.figures},
    }
    folder = Path(out)
    replace_files(files, folder, ("charts", "tables", f"{name}.json", f"{name}.html"))
    return folder / f"{name}.html"


def _table(name: str, frame: pl.DataFrame) -> Table:
    rows: Sequence[tuple[Any, ...]] = frame.rows()
    known = tuple(tuple(NOT_APPLICABLE if cell is None else cell for cell in row) for row in rows)
    return Table(name, tuple(frame.columns), known)
