"""What a machine needs to read a CSV table: its columns, their types and its marks, as CSV on the Web has it.

W3C, *Metadata Vocabulary for Tabular Data*, 2015.
"""

from __future__ import annotations

import json
from datetime import date
from types import UnionType
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from likeforlike.disclosure.release import (
    BalanceRow,
    CheckRow,
    FlowRow,
    LinkageQuality,
    LostRow,
    MeasureRow,
    OtherWay,
    OverlapRow,
    Release,
    RuleRecord,
    TimingRow,
    TrialRow,
)
from likeforlike.report.read import columns
from likeforlike.report.results import HIDDEN, NOT_APPLICABLE
from likeforlike.report.tables import Table

ROWS: dict[str, type[BaseModel]] = {
    "measures": MeasureRow,
    "sub_groups": MeasureRow,
    "checks": CheckRow,
    "other_ways": OtherWay,
    "timing": TimingRow,
    "overlap": OverlapRow,
    "lost": LostRow,
    "trials": TrialRow,
    "flow": FlowRow,
    "balance": BalanceRow,
    "linkage": LinkageQuality,
    "disclosure_rules": RuleRecord,
}
TYPES = {bool: "boolean", int: "integer", float: "decimal", date: "date"}


def metadata_bytes(table: Table, release: Release, language: str = "en") -> bytes:
    """The metadata of one table's file, which lies beside it."""
    words = columns(language)
    content = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language}],
        "url": f"{table.name}.csv",
        "dc:title": words["tables"][table.name],
        "dc:publisher": f"{release.lab_title}, {release.department}",
        "dc:description": words["notes"]["hidden"],
        "dialect": {"lineTerminators": ["\r\n"], "encoding": "utf-8"},
        "tableSchema": {"columns": [_column(table.name, name, words["columns"]) for name in table.columns]},
    }
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _column(table: str, name: str, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "titles": name,
        "dc:title": titles[name],
        "datatype": _datatype(table, name),
        "null": [HIDDEN, NOT_APPLICABLE],
    }


def _datatype(table: str, name: str) -> str:
    row = ROWS.get(table)
    field = row.model_fields.get(name) if row else None
    kinds = _kinds(field.annotation) if field else set()
    return next((told for kind, told in TYPES.items() if kind in kinds), "string")


def _kinds(annotation: Any) -> set[Any]:
    return set(get_args(annotation)) if get_origin(annotation) is UnionType else {annotation}
