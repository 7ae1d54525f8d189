"""What a lab is: one department's service as frozen, validated data.

Each model is one table of one TOML file in the lab's folder; `load.py` reads them. Every stage is driven by
these models alone, so another department's lab needs no code.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Share = Annotated[float, Field(gt=0, lt=1)]


class Frozen(BaseModel):
    """A model that cannot change and knows all its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


# --- columns.toml: the provider's spreadsheet -------------------------------------------------------------


class Column(Frozen):
    """A column of the provider's spreadsheet."""

    name: Name
    label: Text
    kind: Literal["name", "date", "choice", "identifier", "postcode", "text"]
    guidance: Text
    example: str = ""
    required: bool = False
    personal: bool = True
    aliases: tuple[str, ...] = ()
    choices: dict[str, tuple[str, ...]] = {}
    """For `choice`: the code and the ways people write it."""
    pattern: str = ""
    """For `identifier`: what the canonical value must match."""
    canonical: tuple[tuple[str, str], ...] = ()
    """For `identifier`: replacements (regular expression, text) applied in order to the upper-case value."""
    earliest: date | None = None
    latest: date | None = None


class AnyOf(Frozen):
    """At least one of these columns must be filled in each row."""

    columns: tuple[Name, ...]
    message: Text


class RowRule(Frozen):
    """A check across the columns of one row; `when` is a SQL condition that is true for a problem row."""

    code: Name
    column: Name
    when: Text
    severity: Literal["must_fix", "please_confirm"]
    message: Text
    remedy: Text


class Columns(Frozen):
    """The provider's spreadsheet: `columns.toml`."""

    column: tuple[Column, ...]
    any_of: tuple[AnyOf, ...] = ()
    rule: tuple[RowRule, ...] = ()
    same_person: tuple[Name, ...]
    """Columns that, when all equal, make two rows the same person."""

    def get(self, name: str) -> Column:
        return next(c for c in self.column if c.name == name)


# --- records.toml: the department's tables ---------------------------------------------------------------


class RecordColumn(Frozen):
    """A column of a department's table."""

    name: Name
    type: Literal["text", "date", "integer", "number", "boolean"]
    meaning: Text
    required: bool = False
    codes: tuple[str, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    references: str = ""
    """`table.column` that must hold this value."""


class RecordTable(Frozen):
    """A table of the department."""

    name: Name
    meaning: Text
    key: tuple[Name, ...]
    column: tuple[RecordColumn, ...]


class Records(Frozen):
    """The department's tables: `records.toml`."""

    table: tuple[RecordTable, ...]

    def get(self, name: str) -> RecordTable:
        return next(t for t in self.table if t.name == name)


# --- linkage.toml: who is who ------------------------------------------------------------------------------


class LinkField(Frozen):
    """A field that both sides hold; `kind` says how both are standardised."""

    name: Name
    cohort: Name
    records: Name
    kind: Literal["name", "date", "code", "identifier", "postcode"]
    canonical: tuple[tuple[str, str], ...] = ()


class Comparison(Frozen):
    """How two values of a field (or two fields, for swapped names) are compared."""

    field: Name
    method: Literal["name", "date", "exact", "identifier", "postcode"]
    swapped_with: Name | None = None
    term_frequency: bool = False
    expected_agreement: Share | None = None
    """For near-unique identifiers: m of exact agreement, set and not estimated."""


class Linkage(Frozen):
    """How a participant is found in the register: `linkage.toml`."""

    table: Name
    person: Name
    field: tuple[LinkField, ...]
    comparison: tuple[Comparison, ...]
    blocking: tuple[tuple[str, ...], ...]
    """Each rule: SQL expressions over fields that must be equal on both sides."""
    training_blocking: tuple[tuple[str, ...], ...]
    identifier: tuple[Name, ...]
    """Fields that name one person; tried first, in order."""
    identifier_checks: tuple[Name, ...]
    """Fields of which at least one must also be alike before an identifier is believed."""
    groups: tuple[Name, ...] = ()
    """Cohort columns by which linkage quality is shown."""
    threshold: Share
    expected_share: Share = 0.85
    """Share of participants expected in the register: the prior of a cohort."""


# --- lab.toml: the service and its follow-up -----------------------------------------------------------------


class CohortLimits(Frozen):
    """How many people a request may hold."""

    minimum: int = Field(ge=1)
    maximum: int = Field(ge=1)


class Anchor(Frozen):
    """How a participant's date chooses the index event; anchors are tried in order."""

    column: Name
    event: Name
    from_days: int
    to_days: int
    when: str = "true"
    """SQL condition over `event.*` and `participant.*`."""


class Exclusion(Frozen):
    """A kind of event that is not analysed; applied in order to participants and pool alike."""

    key: Name
    reason: Text
    when: Text
    """SQL condition over the columns of the lab's `events.sql`."""


class FollowUp(Frozen):
    """From whom, from when and for how long people are followed."""

    months: int = Field(ge=1)
    settle_months: int = Field(ge=0)
    """Further months in which an outcome may be settled (a court's decision, a late return)."""
    start_column: Name
    """The participant's date at which the programme began."""
    start_like: Name
    """Column of `events.sql`: pool members get the delay to a start from participants alike on it."""
    anchor: tuple[Anchor, ...]
    exclusion: tuple[Exclusion, ...] = ()
    no_event_reason: Text
    too_recent_reason: Text
    before_start_reason: Text


class MatchingDefaults(Frozen):
    """Matching, in MatchIt's terms."""

    estimand: Literal["ATT"] = "ATT"
    method: Literal["radius"] = "radius"
    distance: Literal["logit"] = "logit"
    caliper: float = Field(gt=0)
    """In standard deviations of the logit over all units."""
    exact: tuple[Name, ...] = ()
    green_smd: float = 0.05
    amber_smd: float = 0.10


class Noun(Frozen):
    """What participants are called."""

    singular: Text = "person"
    plural: Text = "people"


class LabHead(Frozen):
    """The service itself: `lab.toml`."""

    name: Name
    title: Text
    version: Text
    department: Text
    about: Text
    noun: Noun = Noun()
    cohort: CohortLimits
    follow_up: FollowUp
    matching: MatchingDefaults


# --- covariates.toml and outcomes.toml ------------------------------------------------------------------------


class Covariate(Frozen):
    """Something known about a person at the index date; a column of `covariates.sql`."""

    name: Name
    label: Text
    kind: Literal["number", "category", "flag"]
    group: Text
    powers: int = Field(default=1, ge=1, le=3)
    """For numbers: the powers that enter the score."""
    levels: dict[str, str] = {}
    """For categories: level and its label."""


class Covariates(Frozen):
    """What the comparison is alike on: `covariates.toml`."""

    covariate: tuple[Covariate, ...]


class Measure(Frozen):
    """An outcome measure; `column` and `base` are columns of `outcomes.sql`."""

    name: Name
    label: Text
    statistical_label: Text
    kind: Literal["rate", "frequency", "time"]
    column: Name
    base: Name | None = None
    """Only people for whom this column is true count (such measures describe, they do not prove)."""
    headline: bool = False
    better: Literal["lower", "higher"]
    unit: Text
    decimals: int = Field(default=0, ge=0, le=2)
    minimum_events: int = Field(default=0, ge=0)
    """Treated people with the event needed before the measure is shown as significant."""

    @property
    def descriptive(self) -> bool:
        return self.base is not None


class Outcomes(Frozen):
    """What happened afterwards: `outcomes.toml`."""

    measure: tuple[Measure, ...]

    def get(self, name: str) -> Measure:
        return next(m for m in self.measure if m.name == name)


# --- disclosure.toml and wording.toml ---------------------------------------------------------------------------


class DisclosureProfile(Frozen):
    """The rules that a release must meet: `disclosure.toml`."""

    profile: Name
    version: Text
    minimum_analysed: int = Field(ge=10)
    hide_below: int = Field(ge=5)
    """Counts from 1 to one less are hidden."""
    round_counts_to: int = Field(ge=5)
    rate_decimals: int = Field(ge=0, le=0)
    """Decimals of a rate in percentage points."""
    band_below: int = Field(ge=10)
    """Rates with fewer than this many people on either side (event, no event) are shown as bands."""
    minimum_comparison: int = Field(ge=10)
    refusal: Text
    """The one sentence that every refusal gives."""
    hidden_label: Text = "fewer than 10"


class Wording(Frozen):
    """Sentences of the report by slot: `wording.toml`; `{name}` places are filled by `report/words.py`."""

    sentence: dict[str, str]
    glossary: dict[str, str]


class Synthetic(Frozen):
    """The lab's twin: `synthetic.toml`; the history model's own parameters stay in `histories`."""

    model: Name
    people: dict[str, object]
    histories: dict[str, object]
    programme: dict[str, object]


class Sql(Frozen):
    """The rules of the lab that are queries, in DuckDB's dialect."""

    events: Text
    """All index events: `event_id, person_id, index_date` and what anchors and exclusions use."""
    covariates: Text
    """For the rows of `chosen` (`event_id, person_id, index_date`): one row each with the covariates."""
    before_start: Text
    """For the rows of `started` (`event_id, person_id, index_date, start_date`): `event_id` of those with an
    outcome event before the programme began."""
    outcomes: Text
    """For the rows of `chosen`: one row each with the columns that measures use."""


class Lab(Frozen):
    """A whole lab."""

    head: LabHead
    columns: Columns
    records: Records
    linkage: Linkage
    covariates: Covariates
    outcomes: Outcomes
    disclosure: DisclosureProfile
    wording: Wording
    synthetic: Synthetic | None = None
    sql: Sql
    sha256: str
    """Of all its files."""
    register_sha256: str
    """Of the files that decide what a register holds: `records.toml` and `linkage.toml`."""

    @property
    def name(self) -> str:
        return self.head.name
