"""Every measure of the lab, estimated for a sealed match."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.errors import SealBroken
from likeforlike.estimates.clusters import clustered
from likeforlike.estimates.difference import (
    UNKNOWN,
    Difference,
    inference,
    number_needed,
    weighted_difference,
)
from likeforlike.estimates.linearised import Linearised, matched_terms
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
    "p_adjusted": pl.Float64,
}


@dataclass(frozen=True, slots=True, repr=False)
class Estimates:
    """One row a measure, unrounded: for the vault only.

    `frame` has broom's columns `term estimate std_error conf_low conf_high p_value n`, then `n_comparison
    effective_comparison mean_treated mean_comparison events_treated events_comparison people_treated
    people_comparison largest_share number_needed p_adjusted`. Differences are treatment minus comparison on the
    measure's scale (rates as shares from 0 to 1); `people_*` count everyone matched, also where `n` counts only
    people with an event; comparison events and people are in effective people. `p_adjusted` is Holm's over the
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
        if len(outcome) and np.ptp(outcome) == 0:
            return inference(float(outcome[0]), float(outcome[0]), 0.0, 0.0, 0.0)
        found = self.linearised(outcome)
        if self.place is None:
            return found.difference()
        treated = self.near.treated
        return clustered(found, self.place[treated], self.place[~treated])


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
    units = groups.units.filter(pl.col(measure.base)) if measure.base else groups.units
    outcome, weight = values(units, measure), units["weight"].to_numpy()
    treated = units["treated"].to_numpy()
    had = units[measure.event or measure.column].cast(pl.Float64).to_numpy() > 0
    y, y_pool, own, others = outcome[treated], outcome[~treated], weight[treated], weight[~treated]
    if len(y) < 2 or len(y_pool) < 2:
        found = UNKNOWN
    elif measure.base:
        found = weighted_difference(y, y_pool, others, own)
    else:
        found = groups.difference(outcome)
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
        "number_needed": number_needed(float(y.var()), found.estimate) if len(y) else float("nan"),
    }


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
    return (
        f"{measure.statistical_label}: {figures[0]} against {figures[1]}, difference {figures[2]} "
        f"({interval}), p = {row['p_value']:.3f}"
    )
