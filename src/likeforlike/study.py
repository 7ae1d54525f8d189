"""What to analyse: frozen, hashed, and the same on every machine."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import ConfigDict, Field

from likeforlike.plan import Frozen, Plan


class Programme(Frozen):
    """The programme in the provider's own words."""

    name: str = Field(default="The programme", min_length=1, max_length=200)
    provider: str = Field(default="", max_length=200)
    description: str = Field(default="", max_length=5000)


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
    plan: Path | None = None
    reviewed: Path | None = None
    programme: Programme = Programme()
    caliper: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    seed: int | None = Field(default=None, ge=0)
