"""The release for machines: `results.json` and the CSV tables, as bytes."""

from __future__ import annotations

import csv
import io
import json

from likeforlike.disclosure.release import Release
from likeforlike.report.tables import Cell, Table

SCHEMA = "likeforlike-results"
SCHEMA_VERSION = "1.2.0"
HIDDEN = "[c]"
"""The Analysis Function's shorthand for a figure that is confidential."""
NOT_APPLICABLE = "[z]"
MAY_NOT_APPLY = (
    *("number_needed", "p_adjusted", "detectable", "figure", "value", "low", "high"),
    *("effect", "power", "power_error"),
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def results_json(release: Release) -> bytes:
    """The whole release as JSON with sorted keys and the version of its schema."""
    content = {"schema": SCHEMA, "schema_version": SCHEMA_VERSION, **release.model_dump(mode="json")}
    return (json.dumps(content, sort_keys=True, indent=2, ensure_ascii=False) + "\n").encode()


def csv_bytes(table: Table) -> bytes:
    """A table as CSV (RFC 4180, UTF-8); `[c]` may not be shown, `[z]` does not apply."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([[_cell(c, v) for c, v in zip(table.columns, row, strict=True)] for row in table.rows])
    return text.getvalue().encode()


def _cell(column: str, value: Cell) -> Cell:
    if value is None:
        return NOT_APPLICABLE if column in MAY_NOT_APPLY else HIDDEN
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
