"""A stage's result as tables and JSON, and back."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

import polars as pl

from likeforlike.terms import Flow, FlowStep

Result = TypeVar("Result")


def pack(result: Any, *, without: frozenset[str]) -> tuple[dict[str, pl.DataFrame], dict[str, Any]]:
    """Split a frozen result into its tables and the rest; fields in `without` are given again on unpacking."""
    tables: dict[str, pl.DataFrame] = {}
    rest: dict[str, Any] = {}
    for field in fields(result):
        value = getattr(result, field.name)
        if field.name in without:
            continue
        if isinstance(value, pl.DataFrame):
            tables[field.name] = value
        elif isinstance(value, Flow):
            rest[field.name] = {"flow": value.to_dict()}
        else:
            rest[field.name] = value
    return tables, rest


def unpack(
    kind: type[Result], tables: dict[str, pl.DataFrame], rest: dict[str, Any], context: dict[str, Any]
) -> Result:
    """Put a result together again."""
    return kind(**tables, **{k: _value(v) for k, v in rest.items()}, **context)


def _value(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"flow"}:
        return Flow(tuple(FlowStep(**step) for step in value["flow"]))
    return tuple(_value(v) for v in value) if isinstance(value, list) else value
