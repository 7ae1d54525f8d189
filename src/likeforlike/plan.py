"""What will be compared and measured, fixed before any outcome is opened."""

from __future__ import annotations

import math
from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from likeforlike.errors import InputProblem
from likeforlike.hashes import sha256_of
from likeforlike.labs.definition import Lab, MatchingDefaults, Name, Share, Text

if TYPE_CHECKING:
    import polars as pl

CHECKS = (
    "specifications",
    "leave_one_out",
    "caliper_sensitivity",
    "prognostic_balance",
    "negative_control",
    "e_value",
    "rosenbaum",
    "mantel_haenszel",
    "omitted_variable",
)
"""What a plan may name; a test holds them to those there are."""
FEW_NAMES = 5
"""As many as a sentence can list."""


class Frozen(BaseModel):
    """Part of a plan: unchangeable, and hashed by its canonical JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

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

    def condition(self, lab: Lab) -> pl.Expr:
        """The condition, which says yes, no or nothing of each person.

        Raises
        ------
        InputProblem
            It cannot be read, names what is neither a covariate nor such a column, or says something else.
        """
        import polars as pl
        from polars.exceptions import PolarsError

        known = condition_columns(lab)
        nobody_told = pl.DataFrame({name: [None, None] for name in known}, schema=known)
        useless = (
            f"The plan's sub-group '{self.name}' has a condition that cannot be used, '{self.where}': "
            "compare covariates or columns of the list, such as reference = 'Leeds'."
        )
        try:
            condition = pl.sql_expr(self.where)
            named = condition.meta.root_names()
            strange = next((name for name in named if name not in known), None)
            if strange:
                raise InputProblem(
                    f"The plan's sub-group '{self.name}' names '{strange}' in its condition, which is neither a "
                    f"covariate nor such a column of the list: use {', '.join(known)}."
                )
            found = nobody_told.select(inside=condition)["inside"]
        except PolarsError:
            raise InputProblem(useless) from None
        if not named or found.dtype != pl.Boolean or len(found) != nobody_told.height:
            raise InputProblem(useless)
        return condition


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
    months: int = Field(ge=1, le=600)
    """How long people are followed."""
    sub_groups: tuple[SubGroup, ...] = ()
    trial: Trial | None = None
    place: Name | None = None
    """Covariate that names the place, where whole places took part: people of one place then count as one cluster."""
    margin: float | None = Field(default=None, gt=0)
    """Smallest difference of the first headline measure that would matter."""
    checks: tuple[Name, ...] | None = None
    """Which checks of robustness are made; all of them, if not told."""
    bootstrap: int = Field(default=0, ge=0, le=100_000, strict=True)
    """Replications of the wild bootstrap, whose interval then stands beside the primary one; 0 for none."""
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
        given = {**self._following(wanted), **wanted}
        matching = wanted.get("matching", {})
        if isinstance(matching, dict):
            strata = {"exact": self._strata(matching, given)}
            given["matching"] = {**self.matching.model_dump(), **strata, **matching}
        plan = Plan.model_validate({**self.model_dump(), **given})
        plan.check_names(lab)
        plan._check_sense(lab)
        return plan

    def _following(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """What fewer measures or covariates mean for the keys that were not given: the rest of them."""
        measures, covariates = wanted.get("measures"), wanted.get("covariates")
        follows: dict[str, Any] = {}
        if isinstance(measures, list | tuple):
            follows["headline"] = [m for m in self.headline if m in measures] or list(measures[:1])
        if isinstance(covariates, list | tuple):
            follows["interactions"] = [i for i in self.interactions if all(name in covariates for name in i)]
        return follows

    def _strata(self, matching: dict[str, Any], given: dict[str, Any]) -> tuple[str, ...]:
        """The exact covariates, where the plan file names none: those that its covariates and method leave."""
        if not self.matching.model_copy(update=matching).by_distance:
            return ()
        covariates = given.get("covariates", self.covariates)
        left = covariates if isinstance(covariates, list | tuple) else ()
        return tuple(name for name in self.matching.exact if name in left)

    def check_names(self, lab: Lab) -> None:
        """Make sure that the lab has everything the plan names."""
        measures = [m.name for m in lab.outcomes.measure]
        covariates = [c.name for c in lab.covariates.covariate]
        categories = [c.name for c in lab.covariates.covariate if c.kind == "category"]
        arms = [c.name for c in lab.columns.column if not c.personal and c.kind in ("text", "choice")]
        inside = (*self.matching.exact, *(n for pair in self.interactions for n in pair))
        for key, names, known, lack in (
            ("measures", self.measures, measures, "is not in outcomes.toml"),
            ("headline", self.headline, self.measures, "is not in the plan's own measures"),
            ("covariates", self.covariates, covariates, "is not in covariates.toml"),
            ("exact or interactions", inside, self.covariates, "is not in the plan's own covariates"),
            ("place", (self.place,) if self.place else (), categories, "is no category in covariates.toml"),
            (
                "trial",
                (self.trial.column,) if self.trial else (),
                arms,
                "is no text or choice in columns.toml",
            ),
            ("checks", self.checks or (), CHECKS, "does not exist"),
        ):
            for name in names:
                if name not in known:
                    raise InputProblem(
                        f"The plan names '{name}' in its {key}, which {lack}: {_instead(name, known)}."
                    )

    def _check_sense(self, lab: Lab) -> None:
        """Make sure that what was asked for is something, each thing once, and does not contradict itself."""
        for key in ("measures", "headline", "covariates"):
            if not getattr(self, key):
                raise InputProblem(
                    f"The plan has nothing in its {key}: name at least one, or leave the key out."
                )
        names = [group.name for group in self.sub_groups]
        pairs = [" and ".join(sorted(pair)) for pair in self.interactions]
        for key, told in (
            ("headline", self.headline),
            ("measures", self.measures),
            ("covariates", self.covariates),
            ("interactions", pairs),
            ("sub_groups", names),
        ):
            if twice := _twice(told):
                raise InputProblem(f"The plan names '{twice}' twice in its {key}: take one out.")
        matching = self.matching
        if math.inf in (matching.caliper, *matching.calipers):
            raise InputProblem("The plan has an infinite calliper: give a number such as 0.1.")
        if not 0 < matching.green_smd <= matching.amber_smd < math.inf:
            raise InputProblem(
                "The plan's green_smd and amber_smd must be above 0, and amber not below green."
            )
        if matching.exact and not matching.by_distance and not self.trial:
            raise InputProblem(
                f"The plan's exact goes with radius, kernel and nearest, not with '{matching.method}': "
                "choose one of these, or write exact = []."
            )
        if self.trial and self.trial.treated == self.trial.comparison:
            raise InputProblem(
                f"The plan's trial calls both arms '{self.trial.treated}': say what the list calls each of them."
            )
        for group in self.sub_groups:
            group.condition(lab)

    def on(self, lab: Lab) -> Lab:
        """The lab, following people as long as the plan says."""
        follow_up = lab.head.follow_up.model_copy(update={"months": self.months})
        return lab.model_copy(update={"head": lab.head.model_copy(update={"follow_up": follow_up})})


def condition_columns(lab: Lab) -> dict[str, pl.DataType]:
    """What a sub-group's condition may name, with its type: covariates, and columns that are not about the person."""
    import polars as pl

    kinds = {"number": pl.Float64(), "flag": pl.Boolean(), "category": pl.String()}
    listed = {
        c.name: pl.Date() if c.kind == "date" else pl.String() for c in lab.columns.column if not c.personal
    }
    return listed | {c.name: kinds[c.kind] for c in lab.covariates.covariate}


def _instead(name: str, known: Iterable[str]) -> str:
    """What may have been meant; all there is, where that is little or nothing is near."""
    known = list(known)
    near = get_close_matches(name, known, n=2)
    if near:
        return f"did you mean {' or '.join(near)}? `likeforlike plan` lists them all"
    few, more = known[:FEW_NAMES], len(known) - FEW_NAMES
    return f"use {', '.join(few)}" + (
        f" or one of {more} others that `likeforlike plan` lists" if more > 0 else ""
    )


def _twice(names: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None
