"""Several services under one plan: whose lists are put together, and what each may learn of its own people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from likeforlike.errors import InputProblem
from likeforlike.plan import Frozen, Plan, SubGroup
from likeforlike.study import Programme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from likeforlike.disclosure.release import Release
    from likeforlike.intake.cohort import Cohort
    from likeforlike.labs.definition import Lab

MOST = 200
"""Characters of a provider's name, and so of all members' names together."""
BETWEEN = "; "
PREFIX = "member_"
"""Of the names of sub-groups that are members."""


class Member(Frozen):
    """One service, and its list."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    cohort: Path
    sheet: str | None = None


class Consortium(Frozen):
    """A lab is asked one question about the people of several services."""

    model_config = ConfigDict(populate_by_name=True)

    lab: str
    register_folder: Path = Field(alias="register")
    plan: Path | None = None
    programme: Programme = Programme()
    split_by: str = "reference"
    """Column of the list that is filled with each member's name; empty for no result of any member."""
    member: tuple[Member, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _named(self) -> Consortium:
        names = [one.name.casefold() for one in self.member]
        if len(set(names)) < len(names):
            raise ValueError("two of 'member' have the same 'name': give each its own")
        if self.programme.provider:
            raise ValueError("'programme' has a 'provider': leave it out, the members are named there")
        if len(BETWEEN.join(one.name for one in self.member)) > MOST:
            raise ValueError(f"the names of 'member' have over {MOST} characters together: shorten them")
        return self

    @property
    def named(self) -> Programme:
        """The programme with every member as its provider: so the ledger names them all."""
        return self.programme.model_copy(update={"provider": BETWEEN.join(one.name for one in self.member)})

    def declared(self, plan: Plan, lab: Lab) -> Plan:
        """The plan with each member as a sub-group, declared before anything is looked at.

        Raises
        ------
        InputProblem
            The lab's list has no such column, or the plan uses it for something else.
        """
        if not self.split_by:
            return plan
        from likeforlike.intake.pool import text_columns

        known = text_columns(lab)
        if self.split_by not in known:
            instead = f"use {', '.join(known)}" if known else "the lab has none"
            raise InputProblem(
                f"'split_by' names '{self.split_by}', which is no column of free text of the list: {instead}, or write "
                'split_by = "".'
            )
        used = [group.name for group in plan.sub_groups if self.split_by in group.where]
        if used or (plan.trial and plan.trial.column == self.split_by):
            raise InputProblem(
                f"The plan uses '{self.split_by}', which holds its members' names here: name another column."
            )
        groups = [_sub_group(i, one.name, self.split_by) for i, one in enumerate(self.member, start=1)]
        return plan.changed({"sub_groups": (*plan.sub_groups, *groups)}, lab)

    def together(self, lists: Sequence[Cohort]) -> Cohort:
        """Everybody on the members' lists, once; with the first member who names them.

        Raises
        ------
        InputProblem
            A list must be put right, or nearly all of it is on others' lists.
        """
        from likeforlike.intake.pool import on_several, pool, with_column

        few = lists[0].lab.disclosure.hide_below
        named = list(lists)
        if self.split_by:
            named = [
                with_column(part, self.split_by, one.name)
                for part, one in zip(lists, self.member, strict=True)
            ]
        together = pool(named, self.programme.name)
        for one, part, shared in zip(self.member, lists, on_several(lists), strict=True):
            if shared and part.people.height - shared < few:
                raise InputProblem(
                    f"Nearly everybody on the list of '{one.name}' is on other members' lists, which a result would "
                    "show: leave that list out."
                )
        return together


def of_member(release: Release, number: int) -> Release:
    """The release as one member gets it: what is said of all, and of its own people; nothing of other members' by name.

    Parameters
    ----------
    number
        The member's place, from 1.
    """
    from likeforlike.disclosure.release import sub_group_target

    others = {
        told.label: told
        for told in release.sub_analyses
        if told.name.startswith(PREFIX) and told.name != _name(number)
    }
    gone = {sub_group_target(label) for label in others}
    return release.model_copy(
        update={
            "sub_analyses": tuple(told for told in release.sub_analyses if told.label not in others),
            "rules": tuple(rule for rule in release.rules if rule.target not in gone),
        }
    )


def _name(number: int) -> str:
    return f"{PREFIX}{number}"


def _sub_group(number: int, member: str, column: str) -> dict[str, str]:
    quoted = member.replace("'", "''")
    return SubGroup(name=_name(number), label=member, where=f"{column} = '{quoted}'").model_dump()
