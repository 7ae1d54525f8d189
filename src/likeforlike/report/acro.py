"""The release in the form of ACRO's `results.json`, so that software for output checkers can open it.

Each table is an output; its outcome are the rules by which its figures left, as the release has them on record.
"""

from __future__ import annotations

import json
from typing import Any

from likeforlike.disclosure.release import Release
from likeforlike.report.read import columns
from likeforlike.report.tables import Table, tables

VERSION = "1.0.2"
"""Of ACRO, whose form this is: Preen et al. 2025, *ACRO*, github.com/AI-SDC/ACRO."""
TARGETS = {"other_ways": "others", "disclosure_rules": "request", "how_this_was_made": "request"}
"""Tables that the rules call otherwise."""


def acro_json(release: Release) -> bytes:
    """Every table of the release with the rules that it met; `pass` means released, for nothing else is in it."""
    entries = {f"output_{i}": _entry(i, table, release) for i, table in enumerate(tables(release))}
    content = {"version": VERSION, "results": entries}
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _entry(number: int, table: Table, release: Release) -> dict[str, Any]:
    hidden = [[i, j] for i, row in enumerate(table.rows) for j, value in enumerate(row) if value is None]
    return {
        "uid": f"output_{number}",
        "status": "pass",
        "type": "table",
        "properties": {"method": table.name, "title": columns()["tables"][table.name]},
        "files": [
            {
                "name": f"tables/{table.name}.csv",
                "sdc": {"summary": {"suppressed": bool(hidden)}, "cells": {"hidden": hidden}},
            }
        ],
        "outcome": [rule.model_dump() for rule in release.rules if rule.target in _targets(table, release)],
        "command": "",
        "summary": "pass",
        "timestamp": "",
        "comments": [],
        "exception": "",
    }


def _targets(table: Table, release: Release) -> set[str]:
    """What the rules of a table are on record for."""
    if table.name == "measures":
        return {row.statistical_label for row in release.measures}
    if table.name == "sub_groups":
        return {rule.target for rule in release.rules if rule.target.startswith("Sub-group")}
    return {TARGETS.get(table.name, table.name)}
