"""Every measure of the lab, estimated for a sealed match."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.detectable import detectable_effect
from likeforlike.errors import SealBroken
from likeforlike.estimates.clusters import clustered, detectable_by_place
from likeforlike.estimates.difference import UNKNOWN, Difference, inference, participants_to_settle
from likeforlike.estimates.few import FEW, few_people
from likeforlike.estimates.linearised import Linearised, described_terms, matched_terms
from likeforlike.estimates.multiplicity import holm
from likeforlike.estimates.neighbourhood import Neighbourhood
from likeforlike.estimates.prognosis import Prognosis
from likeforlike.labs.definition import Lab, Measure
from likeforlike.matching.design import build_design
from likeforlike.matching.effective import effective_size, two_largest_share

if TYPE_CHECKING:
    import altair as alt

    from likeforlike.matching.matched import Matched
    from likeforlike.outcomes.open_outcomes import Outcomes

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
SCHEMA = {
    "term": pl.String,
    "estimate": pl.Float64,
    "std_error": pl.Float64,
    "conf_low": pl.Float64,
    "conf_high": pl.Float64,
    "p_value": pl.Float64,
    "n": pl.Int64,
    "n_comparison": pl.Int64,
    "effective_comparison": pl.Float64,
    "mean_treated": pl.Float64,
    "mean_comparison": pl.Float64,
    "events_treated": pl.Int64,
    "events_comparison": pl.Float64,
    "people_treated": pl.Int64,
    "people_comparison": pl.Float64,
    "largest_share": pl.Float64,
    "number_needed": pl.Float64,
    "detectable": pl.Float64,
    "places": pl.Int64,
    "p_adjusted": pl.Float64,
}


@dataclass(frozen=True, slots=True, repr=False)
class Estimates:
    """One row a measure, unrounded: for the vault only.

    `frame` has broom's columns `term estimate std_error conf_low conf_high p_value n`, then `n_comparison
    effective_comparison mean_treated mean_comparison events_treated events_comparison people_treated
    people_comparison largest_share number_needed detectable places p_adjusted`. Differences are treatment minus
    comparison on the measure's scale (rates as shares from 0 to 1); `people_*` count everyone matched, also where
    `n` counts only people with an event; comparison events and people are in effective people. `number_needed`
    participants would settle a difference of this size; one of `detectable` would have been found four times in
    five; `places` is the fewer of either group's, where whole places took part. `p_adjusted` is Holm's over the
    headline measures with a p-value, null for all others.
    """

    lab: Lab
    frame: pl.DataFrame

    def __repr__(self) -> str:
        return f"<Estimates: {', '.join(self.frame['term'])}>"

    def summary(self) -> str:
        said = self.lab.outcomes.over(self.lab.head.follow_up.months)
        return "\n".join(_line(said.get(r["term"]), r) for r in self.frame.iter_rows(named=True))

    def to_frame(self) -> pl.DataFrame:
        return self.frame

    def plot(self) -> alt.FacetChart:
        """Differences with their intervals."""
        from likeforlike.plots import interval_plot

        said = self.lab.outcomes.over(self.lab.head.follow_up.months)
        return interval_plot(self.frame, {m.name: m.statistical_label for m in said.measure})

    def to_dict(self) -> dict[str, Any]:
        return {"estimates": self.frame.to_dicts()}


@dataclass(frozen=True, slots=True)
class Groups:
    """The matched people with their outcomes, and what every measure needs of them once."""

    units: pl.DataFrame
    near: Neighbourhood
    prognosis: Prognosis
    place: NDArray[np.intp] | None
    """Cluster of each unit, where whole places took part."""
    people_treated: int
    people_comparison: float

    @classmethod
    def of(cls, matched: Matched, outcomes: Outcomes) -> Groups:
        """Join the outcomes to a match.

        Raises
        ------
        SealBroken
            The match was changed after it was sealed, or the outcomes were opened for another one.
        """
        matched.check_seal()
        if outcomes.seal != matched.seal:
            raise SealBroken("These outcomes were opened for another match: open them again for this one.")
        units = _together(matched.frame.filter(pl.col("weight") > 0), outcomes.frame)
        declared = {c.name: c for c in matched.lab.covariates.covariate}
        design = build_design(units, [declared[c] for c in matched.covariates], matched.interactions)
        return cls(
            units=units,
            near=Neighbourhood.of(units, matched.method, matched.caliper, matched.pairs),
            prognosis=Prognosis.of(design, ~units["treated"].to_numpy()),
            place=units[matched.place].rank("dense").to_numpy().astype(np.intp) if matched.place else None,
            people_treated=matched.treated,
            people_comparison=matched.effective_comparison,
        )

    def linearised(self, outcome: Floats) -> Linearised:
        """The primary estimate: matched, corrected by a linear prognosis, as a sum over people.

        Parameters
        ----------
        outcome
            (units,) in the order of `units`.
        """
        near = self.near
        beyond = outcome - self.prognosis.expected(outcome)
        alike = near.alike(beyond)
        treated, own = near.treated, near.weight[near.treated]
        return matched_terms(
            beyond[treated],
            alike.to_participants,
            alike.residual,
            near.weight[~treated],
            own_weight=own,
            mean_treated=float(np.average(outcome[treated], weights=own)),
            inflation=self.prognosis.inflation,
        )

    def difference(self, outcome: Floats) -> Difference:
        """The primary estimate with its interval, by place where whole places took part.

        Where everybody has the same outcome there is no difference and no error to tell it from, only rounding.
        """
        if _too_few(self.near.treated):
            return UNKNOWN
        if np.ptp(outcome) == 0:
            return inference(float(outcome[0]), float(outcome[0]), 0.0, 0.0, 0.0)
        return self.judged(self.linearised(outcome), self.near.treated, self.place, yes_no=_yes_no(outcome))

    def described(self, outcome: Floats, among: Mask) -> Difference:
        """The difference within a part of each group, whom the outcome itself picks: a description.

        Parameters
        ----------
        outcome, among
            (units,) in the order of `units`.
        """
        treated, weight = self.near.treated, self.near.weight
        own, others = among & treated, among & ~treated
        if _too_few(treated[among]):
            return UNKNOWN
        found = described_terms(outcome[own], outcome[others], weight[others], weight[own])
        place = None if self.place is None else self.place[among]
        return self.judged(found, treated[among], place, yes_no=_yes_no(outcome[among]))

    @staticmethod
    def judged(
        found: Linearised, treated: Mask, place: NDArray[np.intp] | None, *, yes_no: bool
    ) -> Difference:
        """Interval and p-value: by place, or for few people, or by t."""
        if place is not None:
            return clustered(found, place[treated], place[~treated])
        return few_people(found) if yes_no and np.count_nonzero(treated) < FEW else found.difference()


def _too_few(treated: Mask) -> bool:
    """Whether a group has fewer than the two people that an error takes."""
    of = int(np.count_nonzero(treated))
    return min(of, len(treated) - of) < 2


def _yes_no(outcome: Floats) -> bool:
    return bool(np.isin(outcome, (0, 1)).all())


def _together(units: pl.DataFrame, outcomes: pl.DataFrame) -> pl.DataFrame:
    """Units with their outcomes, by `event_id`; a join only where the rows do not lie side by side already."""
    if units["event_id"].equals(outcomes["event_id"]):
        return units.hstack(outcomes.drop("event_id"))
    return units.join(outcomes, on="event_id").sort("event_id")


def estimate_effects(
    matched: Matched,
    outcomes: Outcomes,
    measures: tuple[str, ...] | None = None,
    *,
    headline: tuple[str, ...] = (),
) -> Estimates:
    """Estimate the plan's measures (all of the lab's, if not told).

    Parameters
    ----------
    headline
        Measures of which claims are made: their p-values are adjusted for how many they are.

    Raises
    ------
    SealBroken
        The match was changed after it was sealed, or the outcomes were opened for another one.
    """
    groups = Groups.of(matched, outcomes)
    declared = matched.lab.outcomes
    wanted = [declared.get(name) for name in measures] if measures else declared.measure
    frame = pl.DataFrame([_measure(m, groups) for m in wanted], schema=SCHEMA)
    claimed = pl.when(pl.col("term").is_in(headline)).then(pl.col("p_value").fill_nan(None))
    p_values = frame.select(claimed.fill_null(np.nan)).to_series().to_numpy()
    return Estimates(matched.lab, frame.with_columns(p_adjusted=pl.Series(holm(p_values)).fill_nan(None)))


def _measure(measure: Measure, groups: Groups) -> dict[str, Any]:
    units = groups.units
    among = units[measure.base].to_numpy() if measure.base else np.ones(units.height, dtype=np.bool_)
    every = values(units, measure)
    found = groups.described(every, among) if measure.base else groups.difference(every)
    units, outcome = units.filter(among), every[among]
    weight, treated = units["weight"].to_numpy(), units["treated"].to_numpy()
    place = None if groups.place is None else groups.place[among]
    had = units[measure.event or measure.column].cast(pl.Float64).to_numpy() > 0
    y, y_pool, others = outcome[treated], outcome[~treated], weight[~treated]
    figures = asdict(found)
    return {
        "term": measure.name,
        **{k: figures[k] for k in ("estimate", "std_error", "conf_low", "conf_high", "p_value")},
        "n": len(y),
        "n_comparison": len(y_pool),
        "effective_comparison": effective_size(others),
        "mean_treated": found.mean_treated,
        "mean_comparison": found.mean_comparison,
        "events_treated": int(had[treated].sum()),
        "events_comparison": effective_size(others) * _share(others, had[~treated]),
        "people_treated": groups.people_treated,
        "people_comparison": groups.people_comparison,
        "largest_share": max(two_largest_share(y), two_largest_share(others * y_pool)),
        "number_needed": participants_to_settle(found.estimate, found.std_error, len(y)),
        "detectable": _detectable(y_pool, weight, treated, place),
        "places": None if place is None else min(len(np.unique(place[part])) for part in (treated, ~treated)),
    }


def _detectable(outcome: Floats, weight: Floats, treated: Mask, place: NDArray[np.intp] | None) -> float:
    """From the comparison group's outcomes alone, so that it is no reading of what the participants did.

    Parameters
    ----------
    outcome
        (comparison people,).
    weight, treated, place
        (units,).
    """
    others, participants = weight[~treated], int(np.count_nonzero(treated))
    size = effective_size(others)
    if participants < 2 or size < 2:
        return float("nan")
    if place is not None:
        return detectable_by_place(outcome, others, place[~treated], weight[treated], place[treated])
    spread = np.sqrt(np.average((outcome - np.average(outcome, weights=others)) ** 2, weights=others))
    return float(detectable_effect(participants, size / participants, spread))


def values(units: pl.DataFrame, measure: Measure) -> Floats:
    """A measure's outcome of each unit; rates as 0 and 1."""
    return units[measure.column].cast(pl.Float64).to_numpy()


def _share(weight: Floats, event: NDArray[np.bool_]) -> float:
    return float(weight[event].sum() / weight.sum()) if weight.any() else 0.0


def _line(measure: Measure, row: dict[str, Any]) -> str:
    scale = 100 if measure.kind == "rate" else 1
    places = 1 if measure.kind == "rate" else max(measure.decimals, 1)
    figures = [f"{scale * row[k]:.{places}f}" for k in ("mean_treated", "mean_comparison", "estimate")]
    interval = " to ".join(f"{scale * row[k]:.{places}f}" for k in ("conf_low", "conf_high"))
    if not np.isfinite(row["p_value"]):
        return f"{measure.statistical_label}: no result, because {_why_unknown(row)}"
    adjusted = row["p_adjusted"]
    also = "" if adjusted is None else f", corrected for several: {_p(adjusted)}"
    return (
        f"{measure.statistical_label}: {figures[0]} against {figures[1]}, difference {figures[2]} "
        f"({interval}), {_p(row['p_value'])}{also}"
    )


def _why_unknown(row: dict[str, Any]) -> str:
    if min(row["n"], row["n_comparison"]) < 2:
        return "fewer than two people of one group are counted"
    if row["places"] is not None:
        return f"too few places of similar size are behind it ({row['places']} in one group)"
    return "too little differs within the groups to work out an error"


def _p(value: float) -> str:
    return "p < 0.001" if value < 0.001 else f"p = {value:.3f}"
