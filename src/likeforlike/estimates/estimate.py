"""Every measure of the lab, estimated for a sealed match."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.errors import SealBroken
from likeforlike.estimates.difference import (
    UNKNOWN,
    Difference,
    matched_difference,
    number_needed,
    weighted_difference,
    without_own,
)
from likeforlike.estimates.prognosis import prognosis
from likeforlike.labs.definition import Lab, Measure
from likeforlike.matching.design import build_design
from likeforlike.matching.effective import effective_size, two_largest_share
from likeforlike.matching.radius import local_means, windows

if TYPE_CHECKING:
    import altair as alt

    from likeforlike.matching.matched import Matched
    from likeforlike.outcomes.open_outcomes import Outcomes

Floats = NDArray[np.float64]
SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True, repr=False)
class Estimates:
    """One row a measure, unrounded: for the vault only.

    `frame` has broom's columns `term estimate std_error conf_low conf_high p_value n`, then `n_comparison
    effective_comparison mean_treated mean_comparison events_treated events_comparison people_treated
    people_comparison largest_share number_needed`. Differences are treatment minus comparison on the measure's
    scale (rates as shares from 0 to 1); `people_*` count everyone matched, also where `n` counts only people
    with an event; comparison events and people are in effective people.
    """

    lab: Lab
    frame: pl.DataFrame

    def __repr__(self) -> str:
        return f"<Estimates: {', '.join(self.frame['term'])}>"

    def summary(self) -> str:
        rows = self.frame.iter_rows(named=True)
        return "\n".join(_line(self.lab.outcomes.get(r["term"]), r) for r in rows)

    def to_frame(self) -> pl.DataFrame:
        return self.frame

    def plot(self) -> alt.FacetChart:
        """Differences with their intervals."""
        from likeforlike.plots import interval_plot

        return interval_plot(self.frame, {m.name: m.statistical_label for m in self.lab.outcomes.measure})

    def to_dict(self) -> dict[str, Any]:
        return {"estimates": self.frame.to_dicts()}


def estimate_effects(
    matched: Matched, outcomes: Outcomes, measures: tuple[str, ...] | None = None
) -> Estimates:
    """Estimate the plan's measures (all of the lab's, if not told).

    Raises
    ------
    SealBroken
        The match was changed after it was sealed, or the outcomes were opened for another one.
    """
    matched.check_seal()
    if outcomes.seal != matched.seal:
        raise SealBroken("These outcomes were opened for another match: open them again for this one.")
    units = matched.frame.filter(pl.col("weight") > 0).join(outcomes.frame, on="event_id").sort("event_id")
    declared = matched.lab.outcomes
    wanted = [declared.get(name) for name in measures] if measures else declared.measure
    rows = [_measure(m, units, matched) for m in wanted]
    return Estimates(matched.lab, pl.DataFrame(rows))


def _measure(measure: Measure, everyone: pl.DataFrame, matched: Matched) -> dict[str, Any]:
    units = everyone.filter(pl.col(measure.base)) if measure.base else everyone
    treated, pool = units.filter(pl.col("treated")), units.filter(~pl.col("treated"))
    y, y_pool = _values(treated, measure), _values(pool, measure)
    weight = pool["weight"].to_numpy()
    if len(y) < 2 or len(y_pool) < 2:
        found = UNKNOWN
    elif measure.base:
        found = weighted_difference(y, y_pool, weight)
    else:
        found = _within_radius(units, matched, _values(units, measure))
    figures = asdict(found)
    return {
        "term": measure.name,
        **{k: figures[k] for k in ("estimate", "std_error", "conf_low", "conf_high", "p_value")},
        "n": len(y),
        "n_comparison": len(y_pool),
        "effective_comparison": effective_size(weight),
        "mean_treated": found.mean_treated,
        "mean_comparison": found.mean_comparison,
        "events_treated": int((y > 0).sum()),
        "events_comparison": effective_size(weight) * _share(weight, y_pool > 0),
        "people_treated": matched.treated,
        "people_comparison": matched.effective_comparison,
        "largest_share": max(two_largest_share(y), two_largest_share(weight * y_pool)),
        "number_needed": number_needed(float(y.var()), found.estimate) if len(y) else float("nan"),
    }


def _share(weight: Floats, event: NDArray[np.bool_]) -> float:
    return float(weight[event].sum() / weight.sum()) if weight.any() else 0.0


def _within_radius(units: pl.DataFrame, matched: Matched, outcome: Floats) -> Difference:
    treated = units["treated"].to_numpy()
    distance, weight = units["distance"].to_numpy(), units["weight"].to_numpy()
    declared = {c.name: c for c in matched.lab.covariates.covariate}
    design = build_design(units, [declared[name] for name in matched.covariates])
    expected, inflation = prognosis(design, ~treated, outcome)
    beyond = outcome - expected
    near = windows(distance, distance[~treated], matched.caliper)
    alike = local_means(near, beyond[~treated])
    return matched_difference(
        beyond[treated],
        alike[treated],
        without_own(beyond[~treated] - alike[~treated], near.count[~treated]),
        weight[~treated],
        mean_treated=float(outcome[treated].mean()),
        inflation=inflation,
    )


def _values(units: pl.DataFrame, measure: Measure) -> Floats:
    return units[measure.column].cast(pl.Float64).to_numpy()


def _line(measure: Measure, row: dict[str, Any]) -> str:
    scale = 100 if measure.kind == "rate" else 1
    places = 1 if measure.kind == "rate" else max(measure.decimals, 1)
    figures = [f"{scale * row[k]:.{places}f}" for k in ("mean_treated", "mean_comparison", "estimate")]
    interval = " to ".join(f"{scale * row[k]:.{places}f}" for k in ("conf_low", "conf_high"))
    return (
        f"{measure.statistical_label}: {figures[0]} against {figures[1]}, difference {figures[2]} "
        f"({interval}), p = {row['p_value']:.3f}"
    )
