"""From links to a sample: index events, eligibility, starts and covariates, with every loss counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from likeforlike.followup.events import NO_EVENT, participant_events, pool_events
from likeforlike.followup.feasible import check_arms
from likeforlike.followup.known import with_covariates
from likeforlike.followup.losses import eligible, not_before_start
from likeforlike.followup.sample import Sample
from likeforlike.followup.starts import participant_delays, pool_delays
from likeforlike.labs.definition import Lab
from likeforlike.plan import Trial
from likeforlike.terms import Flow, Progress, silent

if TYPE_CHECKING:
    from likeforlike.linkage.links import Links
    from likeforlike.records.engine import Engine, Extract

NO_ARM = "no_arm"
NO_ARM_REASON = "In neither arm of the trial"


def follow_up(
    links: Links,
    register: Extract,
    *,
    seed: int = 1,
    trial: Trial | None = None,
    progress: Progress = silent,
) -> Sample:
    """Find each participant's index event and everyone who could be compared with them.

    Parameters
    ----------
    links
        The participants found in the register.
    register
        The register (or any engine that runs the lab's SQL on its tables).
    seed
        For the random delays to a start that pool members are given.
    trial
        Where both arms are on the list: the pool is then the other arm, and nobody is left out for what happened
        before a start, since lots were drawn before.

    Returns
    -------
    Sample
        One row a person with covariates as known at the index date, and both flows.

    Raises
    ------
    InputProblem
        The list has nobody in one arm of the trial.
    """
    lab = links.cohort.lab
    if trial:
        check_arms(trial, links.cohort.people, lab)
    vintage = {"vintage": register.vintage}
    people = _participants(links, lab)

    progress("Finding each participant's index event")
    events = register.query(participant_events(lab), vintage, participant=people)
    flow = links.flow.then(NO_EVENT, lab.head.follow_up.no_event_reason, events.height)
    treated, flow = eligible(participant_delays(events), flow, lab)
    if trial:
        return _two_arms(trial, treated, flow, links, register)

    progress("Gathering everyone who could be compared")
    period = treated.select(pl.col("index_date").dt.truncate("1q").alias("quarter")).unique().sort("quarter")
    in_cohort = people.select("person_id").unique().sort("person_id")
    pool_all = register.query(pool_events(lab), vintage, period=period, cohort_person=in_cohort)
    pool, pool_flow = eligible(pool_all, Flow.start(pool_all.height), lab)
    pool = pool_delays(pool, treated, like=lab.head.follow_up.start_like, seed=seed)

    progress("Leaving out whoever had an outcome before the start")
    treated, flow = not_before_start(treated, flow, lab, register)
    pool, pool_flow = not_before_start(pool, pool_flow, lab, register)

    progress("Looking up what was known at the index date")
    chosen = pl.concat([treated.with_columns(treated=True), pool.with_columns(treated=False)], how="diagonal")
    return Sample(lab, with_covariates(chosen, lab, register), _listed(treated, links), flow, pool_flow)


def _two_arms(trial: Trial, followed: pl.DataFrame, flow: Flow, links: Links, register: Engine) -> Sample:
    lab = links.cohort.lab
    arms = links.cohort.people.select("participant", arm=trial.column)
    placed = followed.join(arms, on="participant")
    chosen = placed.filter(pl.col("arm").is_in([trial.treated, trial.comparison]))
    chosen = chosen.with_columns(treated=pl.col("arm") == trial.treated).drop("arm")
    flow = flow.then(NO_ARM, NO_ARM_REASON, chosen.height)
    others = Flow.start(chosen.filter(~pl.col("treated")).height)
    return Sample(lab, with_covariates(chosen, lab, register), _listed(chosen, links), flow, others)


def _listed(followed: pl.DataFrame, links: Links) -> pl.DataFrame:
    free = [c.name for c in links.cohort.lab.columns.column if not c.personal]
    told = links.cohort.people.select("participant", *free)
    return (
        followed.select("event_id", "participant")
        .join(told, on="participant")
        .drop("participant")
        .sort("event_id")
    )


def _participants(links: Links, lab: Lab) -> pl.DataFrame:
    columns = {a.column for a in lab.head.follow_up.anchor} | {lab.head.follow_up.start_column}
    dates = links.cohort.people.select("participant", *sorted(columns))
    return links.frame.select("participant", "person_id").join(dates, on="participant").sort("participant")
