"""Which of the people on the list each group was chosen from: what its provider knows before anybody is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from likeforlike.disclosure.counts import counted_as
from likeforlike.labs.definition import DisclosureProfile
from likeforlike.plan import condition_columns
from likeforlike.sub_groups import INSIDE, REST

if TYPE_CHECKING:
    from likeforlike.intake.cohort import Cohort
    from likeforlike.plan import Plan


HERE, THERE = ("n", "people_treated"), ("n_comparison", "effective_comparison", "people_comparison")
"""Numbers of people in a row of estimates, of each group."""


@dataclass(frozen=True, slots=True, repr=False)
class Sent:
    """People of the list that the provider put into one group."""

    sub_group: str
    """Empty for the whole list."""
    part: str
    treated: bool
    """False for those in the other arm of a trial."""
    people: pl.DataFrame
    """Rows of `Cohort.people`."""


def sent(plan: Plan, cohort: Cohort) -> tuple[Sent, ...]:
    """The list, or each arm of it, and the same of each part that is cut by columns of the list.

    Who is in a part that is cut by covariates is known to the records alone.
    """
    everyone = _typed(cohort)
    return tuple(
        Sent(name, part, treated, cohort.people.filter(inside & in_arm))
        for name, part, inside in _parts(plan, cohort, everyone)
        for treated, in_arm in _arms(plan, everyone, cohort.people.height)
    )


def sizes(groups: tuple[Sent, ...]) -> dict[tuple[str, str], tuple[int, int | None]]:
    """People sent of each sub-group and part, and of its other arm if there is one."""
    found: dict[tuple[str, str], tuple[int, int | None]] = {}
    for each in groups:
        key = (each.sub_group, each.part)
        treated, _ = found.get(key, (0, None))
        found[key] = (each.people.height, None) if each.treated else (treated, each.people.height)
    return found


def with_told(
    frame: pl.DataFrame, groups: tuple[Sent, ...], profile: DisclosureProfile, parts: Iterable[str] = ()
) -> pl.DataFrame:
    """Estimates with what their numbers of people are taken for when they are told: `told_n` and so on.

    Parameters
    ----------
    frame
        `Estimates.frame`, or `SubGroups.frame` with `parts` naming its columns `sub_group` and `part`.
    """
    known, parts = sizes(groups), tuple(parts)
    rows = []
    for row in frame.iter_rows(named=True):
        here, there = known.get(tuple(row[part] for part in parts) or ("", ""), (None, None))
        rows.append(
            {f"told_{name}": _told(row[name], here, profile) for name in HERE}
            | {f"told_{name}": _told(row[name], there, profile) for name in THERE}
        )
    return frame.hstack(pl.DataFrame(rows, schema={f"told_{name}": pl.Float64 for name in HERE + THERE}))


def _told(people: float | None, sent: int | None, profile: DisclosureProfile) -> float | None:
    if people is None or sent is None:
        return people
    few = counted_as(round(people), sent, profile)
    return people if few == round(people) else float(few)


def people_told(
    treated: int, others: int, groups: tuple[Sent, ...], profile: DisclosureProfile
) -> tuple[int, int]:
    """Those analysed and those they are compared with, as they may be told before rounding."""
    sent_here, sent_there = sizes(groups)["", ""]
    return counted_as(treated, sent_here, profile), counted_as(others, sent_there, profile)


def told(row: Mapping[str, Any], name: str) -> float:
    """A number of people in a row of estimates as it may be told, before it is rounded."""
    known: float | None = row.get(f"told_{name}")
    return row[name] if known is None else known


def _parts(plan: Plan, cohort: Cohort, everyone: pl.DataFrame) -> Iterator[tuple[str, str, pl.Series]]:
    yield "", "", pl.repeat(True, cohort.people.height, eager=True)
    for group in plan.sub_groups:
        condition = group.condition(cohort.lab)
        if set(condition.meta.root_names()) <= set(everyone.columns):
            inside = everyone.select(inside=condition)["inside"]
            yield group.name, INSIDE, inside.fill_null(value=False)
            yield group.name, REST, (~inside).fill_null(value=False)


def _arms(plan: Plan, everyone: pl.DataFrame, people: int) -> Iterator[tuple[bool, pl.Series]]:
    if plan.trial is None:
        yield True, pl.repeat(True, people, eager=True)
        return
    arm = everyone[plan.trial.column]
    yield True, (arm == plan.trial.treated).fill_null(value=False)
    yield False, (arm == plan.trial.comparison).fill_null(value=False)


def _typed(cohort: Cohort) -> pl.DataFrame:
    """The list's columns that are not about the person, as conditions have them."""
    types, people = condition_columns(cohort.lab), cohort.people
    covariates = {covariate.name for covariate in cohort.lab.covariates.covariate}
    free = [name for name in people.columns if name in types and name not in covariates]
    return people.select(pl.col(name).cast(types[name]) for name in free)
