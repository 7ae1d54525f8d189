"""The release for machines: `results.json` and the CSV tables, as bytes."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from likeforlike.disclosure.release import Release
from likeforlike.report.tables import Cell, Table

SCHEMA = "likeforlike-results"
SCHEMA_VERSION = "1.5.0"
HIDDEN = "[c]"
"""The Analysis Function's shorthand for a figure that is confidential."""
NOT_APPLICABLE = "[z]"
MAY_NOT_APPLY = (
    *(
        "number_needed",
        "p_adjusted",
        "relative_low",
        "relative_high",
        "detectable",
        "figure",
        "value",
        "low",
        "high",
    ),
    *("effect", "power", "power_error"),
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def results_json(release: Release) -> bytes:
    """The whole release as JSON with sorted keys and the version of its schema."""
    content = {"schema": SCHEMA, "schema_version": SCHEMA_VERSION, **release.model_dump(mode="json")}
    return (json.dumps(content, sort_keys=True, indent=2, ensure_ascii=False) + "\n").encode()


def results_schema() -> dict[str, Any]:
    """What `results.json` may hold, as JSON Schema (draft 2020-12)."""
    found: dict[str, Any] = Release.model_json_schema()
    head = {"schema": {"const": SCHEMA}, "schema_version": {"const": SCHEMA_VERSION}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **found,
        "title": "A release of a data lab",
        "properties": head | found["properties"],
        "required": [*head, *found["required"]],
    }


def csv_bytes(table: Table) -> bytes:
    """A table as CSV (RFC 4180, UTF-8); `[c]` may not be shown, `[z]` does not apply."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([[_cell(c, v) for c, v in zip(table.columns, row, strict=True)] for row in table.rows])
    return text.getvalue().encode()


def marked(column: str, value: Cell) -> str | int | float:
    """A cell, with a mark where there is no figure."""
    if value is None:
        return NOT_APPLICABLE if column in MAY_NOT_APPLY else HIDDEN
    return value


def _cell(column: str, cell: Cell) -> str | int | float:
    value = marked(column, cell)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
