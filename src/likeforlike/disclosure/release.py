"""The only type that may leave the vault: protected figures and words, never a person.

Every number here has already met the rules of `disclosure.toml`; the report prints these and nothing else.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from likeforlike.labs.definition import DisclosureProfile


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
    doubt: Literal["", "too_few", "several", "looks"] = ""
    """Why an interval that excludes zero is no claim: too few events, one of several, or looked at several times."""
    direction: Literal["lower", "higher", "undetermined"]
    number_needed: int | None
    """People that would settle an undetermined difference of this size, rounded up to one significant figure."""
    p_adjusted: float | None = None
    """The p-value corrected for being one of several, rounded as `p_value`; `None` where that was not asked."""
    relative_low: int | None = None
    """The interval as a percentage of the comparison group's figure, both as shown; `None` where that is too coarse."""
    relative_high: int | None = None
    detectable: float | None = None
    """Smallest true difference that a group of this size would find four times in five, known before results."""
    epsilon: float | None = None
    """Of the noise that was added to the number of people with the outcome; `None` where there is none."""
    noise_within: int | None = None
    """People that the noise is usually within."""
    withheld: str = ""


class SubAnalysis(Frozen):
    """A part of the participants beside the rest of them: both parts, or neither."""

    name: str
    label: str
    kind: Literal["people", "completers"]
    """`completers` chose to be in it, so that it may show who they are rather than what the programme did."""
    status: Literal["shown", "not_offered"]
    inside: tuple[MeasureRow, ...] = ()
    rest: tuple[MeasureRow, ...] = ()
    """The same measures as `inside`; `p_adjusted` is over all sub-groups."""


class CheckRow(Frozen):
    """What another way of looking says about a measure: a word, and no figure."""

    check: str
    title: str
    measure: str
    """Name of the measure."""
    label: str
    """What the report calls it."""
    verdict: Literal["holds", "weakened", "overturned", "not_applicable"]
    why: Literal["", "open", "places", "by_lot"] = ""
    """Why nothing was checked: the result claims nothing, whole places took part, or lots decided."""
    figure: Literal["", "e_value", "gamma", "robustness_value"] = ""
    """What `value` is: how strong something unseen would have to be to explain the result away."""
    value: float | None = None
    """For the interval, rounded to one decimal; a robustness value in whole percent."""


class OtherWay(Frozen):
    """The same difference by another statistic, or after another way of comparing; rounded as the measure."""

    measure: str
    """Name of the measure."""
    label: str
    """What the report calls it."""
    unit: str
    decimals: int
    method: str
    """Name of the way."""
    title: str
    """What the report calls the way."""
    kind: Literal["statistic", "specification"]
    """`statistic`: another formula on the same groups; `specification`: other groups or weights."""
    scale: Literal["difference", "ratio"]
    counted: bool
    """Whether it is a fair comparison, so that it should agree."""
    estimate: float
    conf_low: float
    conf_high: float
    agrees: bool
    """Whether it concludes the same as the measure's own row."""


class TimingRow(Frozen):
    """Percentage of each group that had had the event by a day, rebuilt from protected numbers of people."""

    measure: str
    """Name of the measure whose event it is."""
    label: str
    day: int
    treatment: int
    comparison: int


class OverlapRow(Frozen):
    """Whole percentages of each group in one band of the score; bands are equally wide and at least ten people deep."""

    low: float | None
    """Logit of the score; open at either end of the scale."""
    high: float | None
    treatment: int
    comparison: int
    pool: int


class LostRow(Frozen):
    """Participants without a match beside those with one, on one covariate or one level of it."""

    covariate: str
    label: str
    level: str
    percent: bool
    matched: float
    lost: float
    smd: float
    """Lost minus matched, in standard deviations of all participants; one decimal."""


class TrialRow(Frozen):
    """How often the lab was wrong when it was tried on made-up programmes of one size; to one decimal.

    These figures come from simulation with people who took no part, so that they say nothing about participants.
    """

    measure: str
    """Name of the measure."""
    label: str
    """What the report calls it."""
    unit: str
    size: int
    """Participants of a made-up programme."""
    strength: Literal["weak", "strong"]
    """How unlike everyone else the people were whom it picked."""
    replications: int
    coverage: float
    """Percentage of intervals that held the truth."""
    coverage_error: float
    """Standard error of the simulation, in percentage points."""
    false_positives: float
    """Percentage of programmes without an effect that were called significant."""
    false_positives_error: float
    effect: float | None
    """The effect that was planted, in the measure's unit."""
    power: float | None
    """Percentage of programmes with that effect that were called significant."""
    power_error: float | None


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
    method: Literal["radius", "kernel", "nearest", "odds", "overlap", "entropy", "trial"] = "radius"
    """How the comparison group was made; `trial`: two arms, by lot."""
    caliper: float | None
    """In standard deviations of the logit of the score; for methods that match by distance."""
    penalised: bool = False
    """Whether the score needed a penalty, because the records told the groups apart too well."""
    place: str = ""
    """The covariate whose levels were counted as clusters, where whole places took part."""
    largest_smd_before: float
    largest_smd_after: float
    light: Literal["green", "amber", "red"]


class LinkageQuality(Frozen):
    """How well the list was found in the records, overall and by group; percentages are whole."""

    label: str
    submitted: int | None
    found_percent: int | None


class LookRow(Frozen):
    """One look at a standing cohort, which grows and is looked at again: worked out from released figures alone."""

    look: int
    of: int
    """Looks that were declared before the first."""
    vintage: date
    status: Literal["released", "refused"]
    analysed: int | None
    """People, as that look's release has them."""
    share: int | None
    """Of the people that the plan expects in the end, in whole percent."""
    limit: float | None
    """What the z-value must be beyond, rounded up to two decimals."""
    z: float | None
    """Of the first headline measure: the difference over its standard error, from the interval as shown."""
    beyond: bool


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
    plan_version: int = Field(default=1, ge=1)
    """Above 1 where the plan was changed after outcomes had been opened."""
    sealed_at: datetime | None = None
    """When the plan was sealed, before outcomes were opened; a refusal does not say whether it came to that."""


class Programme(Frozen):
    """The programme in the provider's own words."""

    name: str
    provider: str = ""
    description: str = ""


RULED = (
    "flow",
    "linkage",
    "match",
    "balance",
    "checks",
    "others",
    "timing",
    "overlap",
    "lost",
    "trials",
    "looks",
)
"""Parts of a release that leave by a rule for all of them; measures and sub-analyses have one each."""


AS_FOUND = "as found"
"""The context of validation in which a checker reads a file whose figures may break rules, to say which."""


class Release(Frozen):
    """What passed disclosure control: a result, or a refusal in one sentence.

    Nothing can be in it without the record of the rule by which it may leave, and no figure that breaks its own rules.
    """

    status: Literal["released", "refused"]
    lab_title: str
    department: str
    noun_singular: str
    noun_plural: str
    follow_up_months: int
    settle_months: int
    programme: Programme
    provenance: Provenance
    disclosure: DisclosureProfile
    """The rules of disclosure themselves, so that anybody can hold the release against them."""
    rules: tuple[RuleRecord, ...]
    refusal: str = ""
    context: str = ""
    """The analysts' own words about the result, written when its figures were known."""
    index_from: date | None = None
    """First of the month of the earliest index date analysed."""
    index_to: date | None = None
    """First of the month of the latest index date analysed."""
    flow: tuple[FlowRow, ...] = ()
    linkage: tuple[LinkageQuality, ...] = ()
    match: MatchQuality | None = None
    balance: tuple[BalanceRow, ...] = ()
    measures: tuple[MeasureRow, ...] = ()
    margin: float | None = None
    """Smallest difference of the first headline measure that would matter, by the plan; on the measure's scale here."""
    sub_analyses: tuple[SubAnalysis, ...] = ()
    checks: tuple[CheckRow, ...] = ()
    others: tuple[OtherWay, ...] = ()
    timing: tuple[TimingRow, ...] = ()
    overlap: tuple[OverlapRow, ...] = ()
    lost: tuple[LostRow, ...] = ()
    trials: tuple[TrialRow, ...] = ()
    looks: tuple[LookRow, ...] = ()
    """Of a standing cohort: every look so far, this one last."""

    @model_validator(mode="after")
    def _by_rule(self, info: ValidationInfo) -> Self:
        from likeforlike.disclosure.checking.rules import figures_broken

        wanted = ["request", *(part for part in RULED if getattr(self, part))]
        wanted += [row.statistical_label for row in self.measures]
        wanted += [sub_group_target(told.label) for told in self.sub_analyses]
        ruled = {rule.target for rule in self.rules}
        missing = next((target for target in wanted if target not in ruled), None)
        if missing is not None:
            raise ValueError(f"No rule was applied to '{missing}', so it may not leave.")
        broken = () if info.context == AS_FOUND else figures_broken(self, self.disclosure)
        if broken:
            raise ValueError(f"A figure breaks the rules that it should leave by: {broken[0]}")
        return self


def sub_group_target(label: str) -> str:
    """What the record of a sub-group's rule calls it."""
    return f"Sub-group: {label}"
