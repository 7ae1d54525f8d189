"""Whether a lab's covariates know what happens after the index date: then they are asked again without it.

Rows that are dated after a person's index date are taken out, and spells that go on beyond it are made longer. What was
known at the index date stays the same; anything that changes would tell matching of the outcome.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from likeforlike.errors import LabProblem
from likeforlike.labs.definition import Lab, RecordTable

if TYPE_CHECKING:
    from likeforlike.records.engine import Engine

ASKED = 300
"""Participants, and as many of the pool: a rule that looks ahead does so for many."""
FEW = 0.01
"""Share of people who may differ: a mistaken date in a record is no mistake of the lab."""
LONGER = 400
"""Days by which what ends after the index date ends later."""
TINY = 1e-9
INDEX = "known_on"
CHANGES = (
    "sql/covariates.sql: the covariate '%s' changes with what happens after the index date: "
    "use only rows dated up to 'index_date', and no end of a spell that lies after it."
)


def require_hindsight(chosen: pl.DataFrame, lab: Lab, engine: Engine) -> None:
    """Make sure that no covariate depends on what is dated after the index date.

    Parameters
    ----------
    chosen
        `event_id person_id index_date treated`: some of each group are asked about.

    Raises
    ------
    LabProblem
        A covariate does; it names the first.
    """
    ordered = chosen.select("event_id", "person_id", "index_date", "treated").sort("event_id")
    some = ordered.filter(pl.int_range(pl.len()).over("treated") < ASKED).drop("treated")
    tables = {t.name: _of(t, some, lab, engine) for t in lab.records.table if _asked_for(t.name, lab)}
    now = {name: frame.drop(INDEX) for name, frame in tables.items() if frame is not None}
    then = {
        name: _as_known(frame, lab.records.get(name)) for name, frame in tables.items() if frame is not None
    }
    known, known_then = (_covariates(some, lab, engine, frames) for frames in (now, then))
    for covariate in lab.covariates.covariate:
        name = covariate.name
        if name in known.columns and not _same(known[name], known_then[name]):
            raise LabProblem(CHANGES % name)


def _same(one: pl.Series, other: pl.Series) -> bool:
    if one.dtype.is_float():
        differs = ((one - other).abs() > TINY).fill_null(value=False) | (one.is_null() != other.is_null())
    else:
        differs = one.ne_missing(other)
    return bool(differs.sum() <= FEW * max(len(one), 1))


def _asked_for(table: str, lab: Lab) -> bool:
    word = re.compile(rf"\b{table}\b", re.IGNORECASE)
    return bool(word.search(lab.sql.covariates) or word.search(lab.sql.events))


def _of(table: RecordTable, some: pl.DataFrame, lab: Lab, engine: Engine) -> pl.DataFrame | None:
    """The table's rows of these people, with their index date; nothing where it leads to no person."""
    columns = {column.name for column in table.column}
    if "person_id" in columns:
        sql = f"select t.*, a.index_date as {INDEX} from {table.name} t join asked a on a.person_id = t.person_id"
        return engine.query(sql, asked=some)
    for column in table.column:
        other, _, key = column.references.partition(".")
        if other and "person_id" in {c.name for c in lab.records.get(other).column}:
            sql = (
                f"select t.*, a.index_date as {INDEX} from {table.name} t "
                f"join {other} o on o.{key} = t.{column.name} join asked a on a.person_id = o.person_id"
            )
            return engine.query(sql, asked=some)
    return None


def _as_known(frame: pl.DataFrame, table: RecordTable) -> pl.DataFrame:
    dates = [column.name for column in table.column if column.type == "date" and column.name in frame.columns]
    if not dates:
        return frame.drop(INDEX)
    later = {name: (pl.col(name) > pl.col(INDEX)).fill_null(value=False) for name in dates}
    wholly = pl.all_horizontal([later[name] | pl.col(name).is_null() for name in dates])
    nothing = pl.all_horizontal([pl.col(name).is_null() for name in dates])
    moved = [
        pl.when(later[n]).then(pl.col(n).dt.offset_by(f"{LONGER}d")).otherwise(pl.col(n)).alias(n)
        for n in dates
    ]
    return frame.filter(~wholly | nothing).with_columns(moved).drop(INDEX)


def _covariates(
    some: pl.DataFrame, lab: Lab, engine: Engine, tables: dict[str, pl.DataFrame]
) -> pl.DataFrame:
    asked = (
        f"select * from (\n{lab.sql.events}\n) where person_id in (select person_id from asked) "
        "and event_id in (select event_id from asked)"
    )
    found = engine.query(asked, asked=some)
    # what a table of fewer rows no longer shows at all stays as it was
    again = engine.query(asked, None, asked=some, **tables).select(found.columns)
    again = again.with_columns(pl.col(n).cast(t) for n, t in found.schema.items())
    events = pl.concat([again, found.join(again, on="event_id", how="anti")]).sort("event_id")
    return engine.query(lab.sql.covariates, None, chosen=some, chosen_event=events, **tables).sort("event_id")
