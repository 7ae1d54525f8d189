"""The formats that a report may have, and which of its files each is."""

from __future__ import annotations

from collections.abc import Iterable

from likeforlike.errors import InputProblem

FORMATS = {
    "html": "report.html",
    "pdf": "report.pdf",
    "summary": "summary",
    "annex": "annex",
    "json": "results.json",
    "acro": "acro.json",
    "xlsx": "tables.xlsx",
    "ods": "tables.ods",
    "csv": "tables",
    "svg": "charts",
    "crate": "ro-crate-metadata.json",
}
"""By name: the file or folder."""


def chosen(names: Iterable[str] | None) -> frozenset[str]:
    """The formats asked for; all where none is named.

    Raises
    ------
    InputProblem
        There is no such format.
    """
    asked = frozenset(names or FORMATS)
    unknown = sorted(asked - set(FORMATS))
    if unknown:
        raise InputProblem(f"There is no format '{unknown[0]}': choose from {', '.join(FORMATS)}.")
    return asked
