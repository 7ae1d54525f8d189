"""What will be compared and measured, fixed before any outcome is opened."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from likeforlike.errors import InputProblem
from likeforlike.hashes import sha256_of
from likeforlike.labs.definition import Lab, MatchingDefaults, Name, Share, Text


class Frozen(BaseModel):
    """Part of a plan: unchangeable, and hashed by its canonical JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    def sha256(self) -> str:
        return sha256_of(self.model_dump(mode="json"))


class SubGroup(Frozen):
    """A part of the participants that is analysed by itself, beside the rest of them."""

    name: Name
    """What the plan calls it."""
    label: Text
    """Its name in the report."""
    where: Text
    """SQL condition over covariates, or over columns of the list that say something about the programme."""
    kind: Literal["people", "completers"] = "people"
    """`completers`: chosen by what they did on the programme, which may itself tell them apart; the report warns."""


class Trial(Frozen):
    """Two arms drawn by lot, both on the list: nobody needs to be matched."""

    column: Name
    """Column of the list that names the arm."""
    treated: Text
    """Who was offered the programme."""
    comparison: Text
    """Who was not."""


class Plan(Frozen):
    """How the comparison will be made and what will be measured."""

    headline: tuple[Name, ...]
    measures: tuple[Name, ...]
    covariates: tuple[Name, ...]
    interactions: tuple[tuple[Name, Name], ...] = ()
    matching: MatchingDefaults
    months: int = Field(ge=1)
    """How long people are followed."""
    sub_groups: tuple[SubGroup, ...] = ()
    trial: Trial | None = None
    place: Name | None = None
    """Covariate that names the place, where whole places took part: people of one place then count as one cluster."""
    margin: float | None = Field(default=None, gt=0)
    """Smallest difference of the first headline measure that would matter."""
    checks: tuple[Name, ...] | None = None
    """Which checks of robustness are made; all of them, if not told."""
    thresholds: tuple[Share, ...] = ()
    """Other thresholds of linkage at which the study is made again."""
    seed: int = Field(ge=0)

    @classmethod
    def of_lab(cls, lab: Lab) -> Plan:
        """The lab's own plan."""
        return cls(
            headline=tuple(m.name for m in lab.outcomes.measure if m.headline),
            measures=tuple(m.name for m in lab.outcomes.measure),
            covariates=tuple(c.name for c in lab.covariates.covariate),
            interactions=tuple(i.of for i in lab.covariates.interaction),
            matching=lab.head.matching,
            months=lab.head.follow_up.months,
            thresholds=lab.linkage.sensitivity,
            seed=1,
        )

    def changed(self, wanted: dict[str, Any], lab: Lab) -> Plan:
        """The plan with what a plan file says.

        Raises
        ------
        InputProblem
            It names a measure, covariate or column that the lab does not have.
        pydantic.ValidationError
            A key or a value is wrong.
        """
        matching = {**self.matching.model_dump(), **wanted.get("matching", {})}
        plan = Plan.model_validate({**self.model_dump(), **wanted, "matching": matching})
        plan.check_names(lab)
        return plan

    def check_names(self, lab: Lab) -> None:
        """Make sure that the lab has everything the plan names."""
        measures = [m.name for m in lab.outcomes.measure]
        covariates = [c.name for c in lab.covariates.covariate]
        columns = [c.name for c in lab.columns.column]
        inside = (*self.matching.exact, *(n for pair in self.interactions for n in pair))
        for key, names, known, where in (
            ("measures", self.measures, measures, "outcomes.toml"),
            ("headline", self.headline, self.measures, "the plan's own measures"),
            ("covariates", self.covariates, covariates, "covariates.toml"),
            ("exact or interactions", inside, self.covariates, "the plan's own covariates"),
            ("place", (self.place,) if self.place else (), covariates, "covariates.toml"),
            ("trial", (self.trial.column,) if self.trial else (), columns, "columns.toml"),
        ):
            for name in names:
                if name not in known:
                    raise InputProblem(
                        f"The plan's {key} names '{name}', which is not in {where}. It knows: {', '.join(known)}."
                    )

    def on(self, lab: Lab) -> Lab:
        """The lab, following people as long as the plan says."""
        follow_up = lab.head.follow_up.model_copy(update={"months": self.months})
        return lab.model_copy(update={"head": lab.head.model_copy(update={"follow_up": follow_up})})
