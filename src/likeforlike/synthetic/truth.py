"""The truth about a programme: who took part, from which event, and what it did to them."""

from __future__ import annotations

import polars as pl

from likeforlike.synthetic.calendar import dates
from likeforlike.synthetic.gathering import Group
from likeforlike.synthetic.models import HistoryModel

COLUMNS = (
    "person_id",
    "event_id",
    "rows",
    "index_date",
    "start_date",
    "p0",
    "p1",
    "e0",
    "e1",
    "before_start",
    "too_recent",
    "analysable",
)


def who_and_when(effects: pl.DataFrame, group: Group, model: HistoryModel) -> pl.DataFrame:
    """The effects on the people of a group, with their numbers, their events and dates.

    Parameters
    ----------
    effects
        As `HistoryModel.take_part` gives them, in the order of the group.
    """
    ids = group.crowd.people["person_id"]
    events = model.events(ids, group.crowd.histories, group.chosen)
    days = {"index_date": "index_day", "start_date": "start_day", "end_date": "end_day"}
    chosen = group.chosen.select(
        "person", *(dates(group.chosen[day].to_numpy()).alias(name) for name, day in days.items())
    )
    analysable = ~pl.col("before_start") & ~pl.col("too_recent")
    return (
        effects.join(events, on="person", maintain_order="left")
        .join(chosen, on="person", maintain_order="left")
        .with_columns(ids.alias("person_id"), analysable.alias("analysable"))
    )


def mean_effects(told: pl.DataFrame) -> dict[str, float]:
    """Means over the analysable: the effect on rate and amount, and the rate without the programme."""
    analysed = told.filter("analysable")
    rate = (pl.col("p1") - pl.col("p0")).mean()
    amount = (pl.col("e1") - pl.col("e0")).mean()
    means = analysed.select(effect=rate, effect_amount=amount, rate_without=pl.col("p0").mean())
    return {name: float(value or 0.0) for name, value in means.row(0, named=True).items()}


def participants_table(told: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The truth as it is written: one row for each participant, with their rows in the spreadsheet."""
    listed = rows.drop_nulls("person_id").group_by("person_id", maintain_order=True)
    numbers = listed.agg(pl.col("row").alias("rows"))
    return (
        told.join(numbers, on="person_id", how="left", maintain_order="left")
        .select(COLUMNS)
        .sort("person_id")
    )
