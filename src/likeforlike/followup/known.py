"""What was known about each person at the index date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from likeforlike.errors import LabProblem
from likeforlike.followup.foresight import require_hindsight
from likeforlike.followup.sample import UNIT_COLUMNS
from likeforlike.followup.starts import START_DAYS
from likeforlike.labs.definition import Lab

if TYPE_CHECKING:
    from likeforlike.records.engine import Engine


def with_covariates(chosen: pl.DataFrame, lab: Lab, register: Engine) -> pl.DataFrame:
    """The units of a sample with the lab's covariates, sorted by `event_id`.

    Raises
    ------
    LabProblem
        `covariates.sql` does not give what `covariates.toml` declares, or knows what is dated after the index date.
    """
    units = chosen.select(UNIT_COLUMNS).sort("event_id")
    events = chosen.drop("treated", START_DAYS, "excluded", "participant", "start_date", strict=False)
    known = register.query(
        lab.sql.covariates, chosen=units.drop("treated"), chosen_event=events.sort("event_id")
    )
    wanted = [c.name for c in lab.covariates.covariate]
    _exactly(known, ["event_id", *wanted])
    require_hindsight(units, lab, register)
    frame: pl.DataFrame = units.join(known.select("event_id", *wanted), on="event_id", how="left").sort(
        "event_id"
    )
    return frame


def _exactly(known: pl.DataFrame, wanted: list[str]) -> None:
    missing = [c for c in wanted if c not in known.columns]
    extra = [c for c in known.columns if c not in wanted]
    if missing or extra:
        what = (
            f"does not give '{missing[0]}'" if missing else f"gives '{extra[0]}', which no covariate declares"
        )
        raise LabProblem(f"sql/covariates.sql {what}: make it agree with covariates.toml.")
