"""From links to a sample: index events, eligibility, starts and covariates, with every loss counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
from polars.exceptions import PolarsError

from likeforlike.errors import InputProblem
from likeforlike.followup.events import NO_EVENT, participant_events, pool_events
from likeforlike.followup.known import with_covariates
from likeforlike.followup.losses import eligible, not_before_start
from likeforlike.followup.sample import Sample
from likeforlike.followup.starts import participant_delays, pool_delays
from likeforlike.labs.definition import Lab
from likeforlike.plan import SubGroup, Trial, condition_columns
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


def check_arms(trial: Trial, people: pl.DataFrame, lab: Lab) -> None:
    """Make sure that the list has people in both arms; no records are needed to know that.

    Parameters
    ----------
    people
        The list, with the lab's columns.

    Raises
    ------
    InputProblem
        One arm has nobody.
    """
    told = people[trial.column]
    for arm in (trial.treated, trial.comparison):
        if not (told == arm).any():
            label = lab.columns.get(trial.column).label
            raise InputProblem(
                f"Nobody on the list has '{arm}' in the column '{label}', which the plan's trial calls an arm: "
                "write it as the list has it."
            )


def check_sub_groups(groups: Iterable[SubGroup], people: pl.DataFrame, lab: Lab) -> None:
    """Make sure that sub-groups which the list itself tells apart have somebody inside and outside.

    Parameters
    ----------
    people
        The list, with the lab's columns.

    Raises
    ------
    InputProblem
        Nobody is in one of them, or nobody is outside it.
    """
    known = {c.name for c in lab.covariates.covariate}
    types = condition_columns(lab)
    for group in groups:
        condition = group.condition(lab)
        named = condition.meta.root_names()
        if known & set(named):
            continue
        try:
            inside = people.select(pl.col(name).cast(types[name]) for name in set(named)).select(
                inside=condition
            )
        except PolarsError:  # split() says what is wrong with it
            continue
        for where, some in (("in", inside["inside"]), ("outside", ~inside["inside"])):
            if not some.any():
                raise InputProblem(
                    f"Nobody on the list is {where} the plan's sub-group '{group.name}', \"{group.where}\": write its "
                    "condition as the list has it, or leave it out."
                )


def check_months(months: int, people: pl.DataFrame, lab: Lab, vintage: date) -> None:
    """Make sure that the records reach far enough for anybody on the list; no records are needed to know that.

    Parameters
    ----------
    months
        How long people are followed.
    people
        The list, with the lab's columns.
    vintage
        Where the records end.

    Raises
    ------
    InputProblem
        Even the earliest date on the list is too late.
    """
    rules = lab.head.follow_up
    # The index date may lie before the date on the list, as far as the anchor allows.
    earliest = [pl.col(a.column).min() + pl.duration(days=a.from_days) for a in rules.anchor]
    least = months + rules.settle_months
    over = people.select(pl.min_horizontal(earliest).dt.offset_by(f"{least}mo")).item()
    if over is not None and over > vintage:
        raise InputProblem(
            f"The records end on {vintage:%d/%m/%Y}, so that nobody on the list can be followed for {months} months "
            f"and {rules.settle_months} more: give fewer months in the plan, or use later records."
        )


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
