"""Whether a plan can be carried out, as far as the list itself tells: no records are needed to know that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl
from polars.exceptions import PolarsError

from likeforlike.errors import InputProblem
from likeforlike.labs.definition import Lab
from likeforlike.plan import SubGroup, Trial, condition_columns


def check_arms(trial: Trial, people: pl.DataFrame, lab: Lab) -> None:
    """Make sure that the list has people in both arms.

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
    """Make sure that the records reach far enough for anybody on the list.

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
