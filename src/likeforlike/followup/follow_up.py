"""From links to a sample: index events, eligibility, starts and covariates, with every loss counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from likeforlike.errors import LabProblem
from likeforlike.followup.events import BEFORE_START, NO_EVENT, TOO_RECENT, participant_events, pool_events
from likeforlike.followup.sample import UNIT_COLUMNS, Sample
from likeforlike.followup.starts import START_DAYS, participant_delays, pool_delays
from likeforlike.labs.definition import Lab
from likeforlike.terms import Flow, Progress, silent

if TYPE_CHECKING:
    from likeforlike.linkage.links import Links
    from likeforlike.records.engine import Engine, Extract


def follow_up(links: Links, register: Extract, *, seed: int = 1, progress: Progress = silent) -> Sample:
    """Find each participant's index event and everyone who could be compared with them.

    Parameters
    ----------
    links
        The participants found in the register.
    register
        The register (or any engine that runs the lab's SQL on its tables).
    seed
        For the random delays to a start that pool members are given.

    Returns
    -------
    Sample
        One row a person with covariates as known at the index date, and both flows.
    """
    lab = links.cohort.lab
    vintage = {"vintage": register.vintage}
    people = _participants(links, lab)

    progress("Finding each participant's index event")
    events = register.query(participant_events(lab), vintage, participant=people)
    flow = links.flow.then(NO_EVENT, lab.head.follow_up.no_event_reason, events.height)
    treated, flow = _eligible(participant_delays(events), flow, lab)

    progress("Gathering everyone who could be compared")
    period = treated.select(pl.col("index_date").dt.truncate("1q").alias("quarter")).unique().sort("quarter")
    in_cohort = people.select("person_id").unique().sort("person_id")
    pool_all = register.query(pool_events(lab), vintage, period=period, cohort_person=in_cohort)
    pool, pool_flow = _eligible(pool_all, Flow.start(pool_all.height), lab)
    pool = pool_delays(pool, treated, like=lab.head.follow_up.start_like, seed=seed)

    progress("Leaving out whoever had an outcome before the start")
    treated, flow = _not_before_start(treated, flow, lab, register)
    pool, pool_flow = _not_before_start(pool, pool_flow, lab, register)

    progress("Looking up what was known at the index date")
    chosen = pl.concat([treated.with_columns(treated=True), pool.with_columns(treated=False)], how="diagonal")
    return Sample(lab, _with_covariates(chosen, lab, register), flow, pool_flow)


def _participants(links: Links, lab: Lab) -> pl.DataFrame:
    columns = {a.column for a in lab.head.follow_up.anchor} | {lab.head.follow_up.start_column}
    dates = links.cohort.people.select("participant", *sorted(columns))
    return links.frame.select("participant", "person_id").join(dates, on="participant").sort("participant")


def _eligible(events: pl.DataFrame, flow: Flow, lab: Lab) -> tuple[pl.DataFrame, Flow]:
    follow_up = lab.head.follow_up
    left = events.height
    reasons = [(TOO_RECENT, follow_up.too_recent_reason), *((e.key, e.reason) for e in follow_up.exclusion)]
    counts = dict(events.group_by("excluded").len().iter_rows())
    for key, reason in reasons:
        left -= counts.get(key, 0)
        flow = flow.then(key, reason, left)
    return events.filter(pl.col("excluded").is_null()), flow


def _not_before_start(
    events: pl.DataFrame, flow: Flow, lab: Lab, register: Engine
) -> tuple[pl.DataFrame, Flow]:
    start = pl.col("index_date") + pl.duration(days=pl.col(START_DAYS))
    late = events.filter(pl.col(START_DAYS) > 0)
    started = late.select("event_id", "person_id", "index_date", start.alias("start_date"))
    early = register.query(lab.sql.before_start, started=started)
    kept = events.join(early, on="event_id", how="anti")
    return kept, flow.then(BEFORE_START, lab.head.follow_up.before_start_reason, kept.height)


def _with_covariates(chosen: pl.DataFrame, lab: Lab, register: Engine) -> pl.DataFrame:
    units = chosen.select(UNIT_COLUMNS).sort("event_id")
    events = chosen.drop("treated", START_DAYS, "excluded", "participant", "start_date", strict=False)
    known = register.query(
        lab.sql.covariates, chosen=units.drop("treated"), chosen_event=events.sort("event_id")
    )
    wanted = [c.name for c in lab.covariates.covariate]
    _exactly(known, ["event_id", *wanted])
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
