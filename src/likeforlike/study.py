"""What to analyse: frozen, hashed, and the same on every machine."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from likeforlike.labs.definition import Lab, MatchingDefaults, Name, Share


class Frozen(BaseModel):
    """Part of a study: unchangeable, and hashed by its canonical JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    def sha256(self) -> str:
        return sha256_of(self.model_dump(mode="json"))


class Programme(Frozen):
    """The programme in the provider's own words."""

    name: str = Field(default="The programme", min_length=1, max_length=200)
    provider: str = Field(default="", max_length=200)
    description: str = Field(default="", max_length=5000)


class Plan(Frozen):
    """How the comparison will be made and what will be measured, fixed before outcomes are opened."""

    headline: tuple[Name, ...]
    measures: tuple[Name, ...]
    covariates: tuple[Name, ...]
    matching: MatchingDefaults
    thresholds: tuple[Share, ...] = ()
    """Other thresholds of linkage at which the study is made again."""
    seed: int = Field(ge=0)

    @classmethod
    def of_lab(cls, lab: Lab, *, caliper: float | None = None, seed: int = 1) -> Plan:
        """The lab's own plan, with a different caliper or seed if wanted."""
        matching = lab.head.matching
        if caliper is not None:
            matching = MatchingDefaults.model_validate({**matching.model_dump(), "caliper": caliper})
        return cls(
            headline=tuple(m.name for m in lab.outcomes.measure if m.headline),
            measures=tuple(m.name for m in lab.outcomes.measure),
            covariates=tuple(c.name for c in lab.covariates.covariate),
            matching=matching,
            thresholds=lab.linkage.sensitivity,
            seed=seed,
        )


class Study(Frozen):
    """One analysis: which lab, whose list, which records, which plan. Its hash names it everywhere."""

    lab: str
    lab_version: str
    lab_sha256: str
    cohort_sha256: str
    register_sha256: str
    vintage: date
    review_sha256: str | None = None
    """Of what people decided about pairs in doubt, if they were asked."""
    programme: Programme
    plan: Plan


class StudyFile(Frozen):
    """A study as a person asks for it: where its parts lie, and what to change in the lab's plan."""

    lab: str
    model_config = ConfigDict(populate_by_name=True)

    register_folder: Path = Field(alias="register")
    cohort: Path
    out: Path
    sheet: str | None = None
    reviewed: Path | None = None
    programme: Programme = Programme()
    caliper: float | None = Field(default=None, gt=0)
    seed: int = Field(default=1, ge=0)


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no white space: equal values give equal text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256_of(value: Any) -> str:
    """Hash of a JSON-ready value."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
