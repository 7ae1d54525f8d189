"""The only type that may leave the vault: protected figures and words, never a person.

Every number here has already met the rules of `disclosure.toml`; the report prints these and nothing else.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A released thing cannot change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FlowRow(Frozen):
    """People left after a step, to the nearest 10; `None` stands for a hidden count."""

    key: str
    reason: str
    remaining: int | None
    lost: int | None
    lost_percent: int | None
    """Lost at this step as a whole percentage of all submitted, from the rounded counts."""


class MeasureRow(Frozen):
    """One outcome measure for both groups.

    Rates and their differences are in percentage points, frequencies per person, times in days; all rounded
    to `decimals`. `None` stands for a figure that may not be shown; `withheld` then says why.
    """

    name: str
    label: str
    statistical_label: str
    kind: Literal["rate", "frequency", "time"]
    unit: str
    decimals: int
    headline: bool
    descriptive: bool
    better: Literal["lower", "higher"]
    n_treatment: int | None
    n_comparison: int | None
    treatment: float | None
    comparison: float | None
    difference: float | None
    conf_low: float | None
    conf_high: float | None
    p_value: float | None
    """Rounded to 3 decimals; 0.0 means less than 0.001."""
    significant: bool
    direction: Literal["lower", "higher", "undetermined"]
    number_needed: int | None
    """People that would settle an undetermined difference of this size, rounded up to one significant figure."""
    withheld: str = ""


class BalanceRow(Frozen):
    """How alike the groups are on one covariate (or one level of it); means of flags and levels in percent."""

    covariate: str
    label: str
    group: str
    level: str
    percent: bool
    treatment: float | None
    comparison_before: float | None
    comparison_after: float | None
    smd_before: float | None
    smd_after: float | None
    light: Literal["green", "amber", "red", "hidden"]


class MatchQuality(Frozen):
    """The comparison group in a few protected numbers."""

    treated: int
    comparison: int
    effective_comparison: int
    caliper: float
    """In standard deviations of the logit of the score."""
    largest_smd_before: float
    largest_smd_after: float
    light: Literal["green", "amber", "red"]


class LinkageQuality(Frozen):
    """How well the list was found in the records, overall and by group; percentages are whole."""

    label: str
    submitted: int | None
    found_percent: int | None


class RuleRecord(Frozen):
    """A disclosure rule, what it was applied to, and what it did."""

    rule: str
    target: str
    action: str
    reason: str


class Provenance(Frozen):
    """How this was made."""

    study_sha256: str
    plan_sha256: str
    lab: str
    lab_version: str
    lab_sha256: str
    register_sha256: str
    vintage: date
    disclosure_profile: str
    disclosure_sha256: str
    seed: int
    software: dict[str, str]


class Programme(Frozen):
    """The programme in the provider's own words."""

    name: str
    provider: str = ""
    description: str = ""


class Release(Frozen):
    """What passed disclosure control: a result, or a refusal in one sentence."""

    status: Literal["released", "refused"]
    lab_title: str
    department: str
    noun_singular: str
    noun_plural: str
    follow_up_months: int
    settle_months: int
    programme: Programme
    provenance: Provenance
    rules: tuple[RuleRecord, ...]
    refusal: str = ""
    index_from: date | None = None
    """First of the month of the earliest index date analysed."""
    index_to: date | None = None
    """First of the month of the latest index date analysed."""
    flow: tuple[FlowRow, ...] = ()
    linkage: tuple[LinkageQuality, ...] = ()
    match: MatchQuality | None = None
    balance: tuple[BalanceRow, ...] = ()
    measures: tuple[MeasureRow, ...] = ()
