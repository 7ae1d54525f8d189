"""A contract that pays by results, as data: what is measured against what, when it pays, and how much."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Metric = Literal["binary", "frequency", "per_reoffender", "severity", "sustained", "demand"]
HIGHER_IS_BETTER = ("sustained",)
Money = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Share = Annotated[float, Field(gt=0, le=1)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Strict(BaseModel):
    """A key that is not known is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Measure(Strict):
    """What the contract looks at."""

    metric: Metric
    """`binary`: percent of people with the outcome; `frequency`: events per 100 people; `per_reoffender`: events per
    person with any; `severity`: weighted events per 100 people; `sustained`: percent with a lasting outcome, which
    should rise; `demand`: a count."""
    scale: Literal["points", "percent"]
    """Whether improvement is the difference itself, or in percent of the baseline."""


class Baseline(Strict):
    """What it is held against."""

    kind: Literal["matched", "historic", "risk_adjusted"]
    """`matched`: similar people, in the figures; `historic`: an earlier rate; `risk_adjusted`: an earlier rate,
    moved by the difference in risk."""
    value: Number | None = None
    """The earlier figure, for `historic` and `risk_adjusted`."""
    people: Annotated[int, Field(ge=1)] | None = None
    """How many people it is of, if its own uncertainty counts."""
    risk: Number | None = None
    """Mean risk score then, in the figure's unit, for `risk_adjusted`."""
    lower: Number | None = None
    """Below it the figure counts as significantly better; from the contract's own table."""
    upper: Number | None = None
    """Above it the figure counts as significantly worse."""
    terminate_above: Number | None = None
    """Above it the contract may be ended."""


class Rule(Strict):
    """When it pays."""

    threshold: Number | None = None
    """Smallest improvement of one cohort that pays."""
    pooled_threshold: Number | None = None
    """Smallest improvement of all cohorts together that pays for those not paid by themselves."""
    significance: Annotated[float, Field(gt=0, lt=1)] | None = None
    """Two-sided level at which the improvement must differ from nothing."""
    hurdle: Metric | None = None
    """A second metric that must not be worse than its baseline."""
    count_up_to: Positive | None = None
    """Improvement beyond this earns no more."""


class Pay(Strict):
    """How much; exactly one of the first four, and what limits it."""

    amount: Money | None = None
    """A fixed sum for each cohort that meets the rule."""
    price: Money | None = None
    """For each event, person or unit fewer (more, for `sustained`)."""
    at_risk: Share | None = None
    """Share of `annual_price` to repay where the rule is not met."""
    saving_share: Share | None = None
    """Share of the saving that is paid, where `baseline_cost` is what the baseline's demand costs."""
    annual_price: Money | None = None
    baseline_cost: Money | None = None
    deduct: Money | None = None
    """To repay where the figure is significantly worse."""
    cap: Money | None = None
    """Most that is paid in all."""


class RateCardItem(Strict):
    """A price for each outcome that is evidenced; there is no comparison group."""

    outcome: Annotated[str, Field(min_length=1)]
    price: Money
    most: Annotated[int, Field(ge=0)] | None = None
    """Outcomes beyond this earn nothing."""
    weeks: Annotated[int, Field(ge=1)] | None = None
    """Cumulative weeks that make it count."""
    within: Annotated[int, Field(ge=1)] | None = None
    """Weeks within which they must lie."""

    @model_validator(mode="after")
    def _weeks_fit(self) -> Self:
        if (self.weeks is None) != (self.within is None):
            raise ValueError("'weeks' and 'within' go together: give both or neither")
        if self.weeks is not None and self.within is not None and self.weeks > self.within:
            raise ValueError(f"{self.weeks} weeks do not fit within {self.within}")
        return self


class Band(Strict):
    """A price for a person with a good outcome, by the risk the person had; `at_least` ≤ risk < `below`."""

    at_least: Number
    below: Number
    price: Money


class Contract(Strict):
    """The whole contract."""

    name: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    """Where its terms are written down."""
    currency: str = "£"
    assumed: tuple[str, ...] = ()
    """Terms that are not public, in words: the page repeats them."""
    measure: Measure | None = None
    baseline: Baseline | None = None
    rule: Rule = Rule()
    pay: Pay = Pay()
    rate_card: tuple[RateCardItem, ...] = ()
    sliding_scale: tuple[Band, ...] = ()

    @property
    def by_outcome(self) -> bool:
        """Whether it pays for each outcome, so that nothing is compared."""
        return bool(self.rate_card or self.sliding_scale)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problem = _by_outcome_problem(self) if self.by_outcome else _measured_problem(self)
        if problem:
            raise ValueError(problem)
        return self


WAYS = ("amount", "price", "at_risk", "saving_share")


def _by_outcome_problem(contract: Contract) -> str:
    bands = sorted(contract.sliding_scale, key=lambda band: band.at_least)
    names = [item.outcome for item in contract.rate_card]
    compares = contract.measure or contract.baseline or contract.rule != Rule()
    checks = (
        (
            contract.rate_card and contract.sliding_scale,
            "it has both a rate card and a sliding scale: keep one",
        ),
        (
            compares,
            "it pays for each outcome and also has a measure, a baseline or a rule: take the comparison out, or the "
            "prices for outcomes",
        ),
        (
            contract.pay != Pay(cap=contract.pay.cap),
            "it pays for each outcome, so [pay] may hold the key 'cap' and no other",
        ),
        (
            any(band.at_least >= band.below for band in bands),
            "a band of the sliding scale ends before it begins: 'at_least' must be less than 'below'",
        ),
        (
            any(one.below > other.at_least for one, other in pairwise(bands)),
            "two bands of the sliding scale overlap, so that a person would have two prices",
        ),
        (len(set(names)) < len(names), "the rate card names an outcome twice: keep one price for each"),
    )
    return next((words for wrong, words in checks if wrong), "")


def _measured_problem(contract: Contract) -> str:
    rule, pay, measure, baseline = contract.rule, contract.pay, contract.measure, contract.baseline
    if measure is None or baseline is None:
        return "it has neither prices for outcomes nor both [measure] and [baseline]: add what it pays for"
    chosen = [way for way in WAYS if getattr(pay, way) is not None]
    if len(chosen) != 1:
        said = " and ".join(f"'{way}'" for way in chosen) or "none of them"
        return f"[pay] must hold exactly one of {', '.join(WAYS)}, and holds {said}"
    return next((words for wrong, words in _checks(measure, baseline, rule, pay) if wrong), "")


def _checks(measure: Measure, baseline: Baseline, rule: Rule, pay: Pay) -> tuple[tuple[Any, str], ...]:
    """What contradicts what."""
    limits = (baseline.lower, baseline.upper, baseline.terminate_above)
    known = [limit for limit in limits if limit is not None]
    no_rule = (rule.threshold, rule.pooled_threshold, rule.significance, baseline.lower) == (None,) * 4
    return (
        (
            rule.pooled_threshold is not None and rule.threshold is None,
            "it has a pooled threshold and none for a cohort: add 'threshold' to [rule]",
        ),
        (
            rule.pooled_threshold is not None
            and rule.threshold is not None
            and rule.pooled_threshold > rule.threshold,
            "the pooled threshold is above the one for a single cohort, so it could never add a payment",
        ),
        (rule.hurdle == measure.metric, "the hurdle is the metric that pays, so it would be asked twice"),
        (no_rule, "it has no rule: give a threshold, a significance level or the baseline's lower limit"),
        (
            rule.count_up_to is not None and rule.threshold is not None and rule.count_up_to < rule.threshold,
            "improvement counts up to less than the threshold, so nothing could ever be earned",
        ),
        (known != sorted(known), "the baseline's limits must rise from lower over upper to terminate_above"),
        (
            pay.deduct is not None and baseline.upper is None and rule.significance is None,
            "it deducts for a worse figure and does not say what counts as worse: give 'upper' or 'significance'",
        ),
        (
            (pay.at_risk is None) != (pay.annual_price is None),
            "'at_risk' and 'annual_price' go together: give both or neither",
        ),
        (
            (pay.saving_share is None) != (pay.baseline_cost is None),
            "'saving_share' and 'baseline_cost' go together: give both or neither",
        ),
        (
            baseline.kind == "matched" and (baseline.value, baseline.risk, *limits) != (None,) * 5,
            "a matched baseline comes with the figures, so it can have no value, risk or limits of its own",
        ),
        (
            baseline.kind == "risk_adjusted" and baseline.risk is None,
            "a risk-adjusted baseline needs the mean risk it is of: add 'risk' to [baseline]",
        ),
        (
            baseline.kind != "risk_adjusted" and baseline.risk is not None,
            "only a risk-adjusted baseline has a risk: take it out, or change the kind",
        ),
        (
            pay.saving_share is not None and measure.scale != "percent",
            'a share of the saving needs improvement in percent of the baseline: set scale = "percent"',
        ),
    )
