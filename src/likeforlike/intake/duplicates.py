"""The same person listed twice, and the same identifier for two people."""

from __future__ import annotations

import polars as pl

from likeforlike.intake.problems import PLEASE_CONFIRM, SCHEMA
from likeforlike.labs.definition import Column, Lab


def drop_duplicates(people: pl.DataFrame, lab: Lab) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Keep the first row of each person.

    Parameters
    ----------
    people
        `row` and the lab's columns.
    lab
        Its `same_person` columns say who is the same; case, accents and punctuation do not count, and rows in
        which one of them is empty are never taken for the same.

    Returns
    -------
    DataFrame, DataFrame
        The people kept, and a problem for each row that was dropped.
    """
    columns = [lab.columns.get(name) for name in lab.columns.same_person]
    keyed = people.with_columns(_key(columns).alias("key"))
    first = pl.col("row").first().over("key")
    keyed = keyed.with_columns(
        pl.when(pl.col("key").is_not_null()).then(first).otherwise("row").alias("first")
    )
    labels = ", ".join(f"'{column.label}'" for column in columns)
    dropped = keyed.filter(pl.col("row") != pl.col("first"))
    problems = _problems(
        dropped,
        None,
        pl.format("same as row {}", "first"),
        code="duplicate",
        message=f"The row has the same {labels} as an earlier row, so only the earlier one would be used.",
        remedy="Confirm that they are one person, or correct one of the rows.",
    )
    return keyed.filter(pl.col("row") == pl.col("first")).drop("key", "first"), problems


def shared_identifiers(people: pl.DataFrame, lab: Lab) -> list[pl.DataFrame]:
    """Ask about identifiers that stand on the rows of different people, as filling down produces.

    Parameters
    ----------
    people
        `row` and the lab's columns, without duplicates.
    lab
        Whose identifiers are looked at.
    """
    found = []
    for column in lab.columns.column:
        if column.kind == "identifier":
            value = pl.col(column.name)
            first = pl.col("row").first().over(column.name)
            repeated = people.select("row", column.name, first.alias("first")).filter(
                value.is_not_null() & (pl.col("row") != pl.col("first"))
            )
            shared = _problems(
                repeated,
                column.label,
                pl.format("{}, also on row {}", value, "first"),
                code="shared_identifier",
                message=f"The {column.label} also stands on an earlier row, for somebody else.",
                remedy="Correct one of them, or confirm that both rows are the same person.",
            )
            found.append(shared)
    return found


def _key(columns: list[Column]) -> pl.Expr:
    parts = []
    for column in columns:
        value = pl.col(column.name).cast(pl.String)
        if column.kind in ("name", "text"):
            value = value.str.normalize("NFKD").str.to_uppercase().str.replace_all(r"[^\p{L}\p{N}]", "")
        parts.append(value)
    return pl.concat_str(parts, separator="\n")


def _problems(
    rows: pl.DataFrame, label: str | None, value: pl.Expr, *, code: str, message: str, remedy: str
) -> pl.DataFrame:
    said = {
        "file": pl.lit(None, dtype=pl.String),
        "column": pl.lit(label, dtype=pl.String),
        "value": value,
        "code": pl.lit(code),
    }
    said |= {"severity": pl.lit(PLEASE_CONFIRM), "message": pl.lit(message), "remedy": pl.lit(remedy)}
    return rows.select("row", **said).select(*SCHEMA)
