"""Samples and plans changed in one thing, and every way of matching."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

import polars as pl

from likeforlike.plan import Plan

Kept = TypeVar("Kept")
METHODS: dict[str, dict[str, Any]] = {
    "radius": {"method": "radius"},
    "kernel": {"method": "kernel"},
    "nearest 1:1": {"method": "nearest"},
    "nearest 1:1, none twice": {"method": "nearest", "replace": False},
    "nearest 1:3": {"method": "nearest", "ratio": 3},
    "nearest 1:3, none twice": {"method": "nearest", "ratio": 3, "replace": False},
    "odds": {"method": "odds"},
    "overlap": {"method": "overlap"},
    "entropy": {"method": "entropy"},
}


def changed(result: Kept, frame: pl.DataFrame | None = None, **columns: pl.Expr) -> Kept:
    """A stage's result with another frame, or with other values in some columns."""
    before = result.frame if frame is None else frame  # type: ignore[attr-defined]
    return replace(result, frame=before.with_columns(**columns))  # type: ignore[type-var]


def with_matching(plan: Plan, **changes: Any) -> Plan:
    """The plan with other rules of matching."""
    return plan.model_copy(update={"matching": plan.matching.model_copy(update=changes)})
