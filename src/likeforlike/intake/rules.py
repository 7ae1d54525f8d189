"""Checks across the columns of a row: the lab's SQL conditions, run by DuckDB as all of a lab's SQL is."""

from __future__ import annotations

import duckdb
import polars as pl

from likeforlike.errors import LabProblem
from likeforlike.intake.problems import SCHEMA
from likeforlike.labs.definition import Lab, RowRule


def apply_rules(people: pl.DataFrame, lab: Lab) -> list[pl.DataFrame]:
    """Find the rows for which a rule's condition holds.

    Parameters
    ----------
    people
        `row` and the lab's columns with their canonical values.
    lab
        Its `[[rule]]` tables of `columns.toml`.

    Returns
    -------
    list of DataFrame
        Problems with the columns of `problems.SCHEMA`; where a rule looks at a value that is missing, its
        condition is unknown and it says nothing.

    Raises
    ------
    LabProblem
        A condition is not SQL over the lab's columns.
    """
    with duckdb.connect() as connection:
        # a lab's SQL sees these rows and nothing else of the machine
        connection.execute("set enable_external_access = false")
        connection.register("people", people)
        return [_rule(connection, rule, lab) for rule in lab.columns.rule]


def _rule(connection: duckdb.DuckDBPyConnection, rule: RowRule, lab: Lab) -> pl.DataFrame:
    column = lab.columns.get(rule.column)
    shown = f"strftime({column.name}, '%Y-%m-%d')" if column.kind == "date" else column.name
    query = f"select row, {shown} as value from people where ({rule.when}) order by row"
    try:
        found = connection.execute(query).fetchall()
    except duckdb.Error as error:
        # only messages about the SQL itself are shown: others may quote a person's value
        about_sql = isinstance(
            error, duckdb.BinderException | duckdb.ParserException | duckdb.CatalogException
        )
        detail = f": {str(error).splitlines()[0]}" if about_sql else ""
        raise LabProblem(
            f"columns.toml: the condition of the rule '{rule.code}' cannot be run{detail}"
        ) from None
    rows = pl.DataFrame(found, schema={"row": pl.Int64, "value": pl.String}, orient="row")
    texts = {"column": column.label, "code": rule.code, "severity": rule.severity}
    texts |= {"message": rule.message, "remedy": rule.remedy}
    said = {name: pl.lit(text) for name, text in texts.items()}
    return rows.with_columns(file=pl.lit(None, dtype=pl.String), **said).select(*SCHEMA)
