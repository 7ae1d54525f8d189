"""When it happened: the share with the event by each day, and the mean time without it, for both matched groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, takewhile
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.errors import SealBroken
from likeforlike.estimates.difference import NAN
from likeforlike.estimates.survival import cumulative_incidence, restricted_mean_difference
from likeforlike.matching.effective import effective_size

if TYPE_CHECKING:
    import altair as alt

    from likeforlike.labs.definition import Measure
    from likeforlike.matching.matched import Matched
    from likeforlike.outcomes.open_outcomes import Outcomes

WEEK = 7
MONTH = 365.25 / 12
GROUPS = ("treatment", "comparison")
CURVES = {
    "term": pl.String,
    "group": pl.String,
    "day": pl.Int64,
    "month": pl.Int64,
    "share": pl.Float64,
    "std_error": pl.Float64,
    "conf_low": pl.Float64,
    "conf_high": pl.Float64,
    "people": pl.Int64,
    "events": pl.Int64,
    "effective_people": pl.Float64,
}
MEANS = {
    "term": pl.String,
    "method": pl.String,
    "scale": pl.String,
    "estimate": pl.Float64,
    "std_error": pl.Float64,
    "conf_low": pl.Float64,
    "conf_high": pl.Float64,
    "p_value": pl.Float64,
    "rate": pl.String,
    "days": pl.Int64,
    "mean_treated": pl.Float64,
    "mean_comparison": pl.Float64,
}
Row = dict[str, Any]
Group = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, repr=False)
class Timing:
    """Curves and mean times of the measures that have a time behind them; unrounded, for the vault only.

    `curves` has a row a measure, group and day: `term group day month share std_error conf_low conf_high people events
    effective_people`. Days are every seventh and the ends of months; `month` counts the months over by then and is null
    on other days. `events` are people with weight who had the event by the day. `means` has a row a measure, as the
    frame of `Beside` and then `rate days mean_treated mean_comparison`: `term` is the measure of days, `rate` that of
    the event, and the mean is over the first `days` days (RMST).
    """

    curves: pl.DataFrame
    means: pl.DataFrame

    def __repr__(self) -> str:
        return f"<Timing: {', '.join(self.means['rate'])}>"

    def summary(self) -> str:
        """The mean times, a measure in a line."""
        return "\n".join(
            f"{r['rate']}: {r['mean_treated']:.1f} against {r['mean_comparison']:.1f} days without it in "
            f"{r['days']}, difference {r['estimate']:+.1f} ({_interval(r)})"
            for r in self.means.iter_rows(named=True)
        )

    def to_frame(self) -> pl.DataFrame:
        return self.curves

    def to_dict(self) -> dict[str, Any]:
        return {"curves": self.curves.to_dicts(), "means": self.means.to_dicts()}

    def plot(self) -> alt.FacetChart:
        """Both groups' curves with their limits, a measure in each panel."""
        import altair as alt

        drawn = alt.Chart(self.curves).encode(
            x=alt.X("day:Q", title="Days"), color=alt.Color("group:N"), strokeDash=alt.StrokeDash("group:N")
        )
        share = alt.Y("share:Q", title="Share with the event")
        limits = drawn.mark_area(opacity=0.2).encode(y="conf_low:Q", y2="conf_high:Q")
        return alt.layer(limits, drawn.mark_line(interpolate="step-after").encode(y=share)).facet("term:N")


def _interval(row: Row) -> str:
    if np.isnan(row["conf_low"]):
        return "its error cannot be worked out"
    return f"{row['conf_low']:.1f} to {row['conf_high']:.1f}"


def timing(matched: Matched, outcomes: Outcomes, measures: tuple[str, ...] | None = None) -> Timing:
    """Curves and mean times of the plan's rates (all of the lab's, if not told) that have a time behind them.

    A rate has one where the lab declares a measure of kind `time` that counts everyone and whose `event` is the rate's
    column. The curve is Aalen and Johansen's (1978) with Wilson's limits for as many people as its error implies; the
    mean time (RMST) is the area above it (Irwin 1949; Uno and others 2014). Weights are taken as given and nothing is
    corrected by a prognosis, so the mean time is a check on the primary estimate of days: with everyone followed it is
    the plain weighted mean. Where whole places took part, errors are by place.

    Days end with the follow-up, 30.44 to a month. An event after the last full day, as in a leap
    year, is put on that day.

    Raises
    ------
    SealBroken
        The match was changed after it was sealed, or the outcomes were opened for another one.
    """
    matched.check_seal()
    if outcomes.seal != matched.seal:
        raise SealBroken("These outcomes were opened for another match: open them again for this one.")
    chosen = matched.frame.filter(pl.col("weight") > 0)
    units = chosen.join(outcomes.frame, on="event_id").sort("event_id")
    months = matched.lab.head.follow_up.months
    curves: list[Row] = []
    means: list[Row] = []
    for rate, days in timed(matched.lab.outcomes.measure, measures):
        groups = [_group(units, rate, days, matched.place, months, treated=t) for t in (True, False)]
        for name, group in zip(GROUPS, groups, strict=True):
            curves += _curve(rate.name, name, group, months)
        means.append(_mean(rate, days, groups, months))
    return Timing(pl.DataFrame(curves, schema=CURVES), pl.DataFrame(means, schema=MEANS))


def timed(
    declared: tuple[Measure, ...], names: tuple[str, ...] | None = None
) -> Iterator[tuple[Measure, Measure]]:
    """Each rate of everyone that has a time behind it, with the measure of that time."""
    times = {m.event: m for m in reversed(declared) if m.kind == "time" and not m.base and m.event}
    for measure in declared:
        wanted = names is None or measure.name in names
        if wanted and measure.kind == "rate" and not measure.base and measure.column in times:
            yield measure, times[measure.column]


def day_of_month(months: int) -> int:
    """The last full day of so many months."""
    return int(months * MONTH)


def grid(months: int) -> dict[int, int | None]:
    """Days of a curve: every seventh and the ends of months, each with the months over by then.

    >>> [day for day, month in grid(3).items() if month is not None]
    [0, 30, 60, 91]
    """
    ends = {day_of_month(month): month for month in range(months + 1)}
    weeks = takewhile(lambda day: day < max(ends), count(0, WEEK))
    return {day: ends.get(day) for day in sorted({*ends, *weeks})}


def _group(
    units: pl.DataFrame, rate: Measure, days: Measure, place: str | None, months: int, *, treated: bool
) -> Group:
    """`time event weight`, and `place` where there is one; each (people,)."""
    mine = units.filter(pl.col("treated") if treated else ~pl.col("treated"))
    event = mine[rate.column].cast(pl.Boolean).fill_null(value=False).to_numpy()
    time = mine[days.column].cast(pl.Float64).to_numpy()
    last = float(day_of_month(months))
    group = {
        "time": np.where(event, np.minimum(time, last), time),
        "event": event,
        "weight": mine["weight"].cast(pl.Float64).to_numpy(),
    }
    return group | ({"place": mine[place].to_numpy()} if place else {})


def _curve(term: str, name: str, group: Group, months: int) -> Iterator[Row]:
    ends = grid(months)
    found = cumulative_incidence(
        group["time"], group["event"], list(ends), group["weight"], cluster=group.get("place")
    )
    had = np.searchsorted(np.sort(group["time"][group["event"]]), found.days, side="right")
    for i, (day, month) in enumerate(ends.items()):
        yield {
            "term": term,
            "group": name,
            "day": day,
            "month": month,
            **{k: float(getattr(found, k)[i]) for k in ("share", "std_error", "conf_low", "conf_high")},
            "people": len(group["time"]),
            "events": int(had[i]),
            "effective_people": effective_size(group["weight"]),
        }


def _mean(rate: Measure, days: Measure, groups: list[Group], months: int) -> Row:
    treated, comparison = groups
    last = day_of_month(months)
    found = restricted_mean_difference(
        (treated["time"], treated["event"]),
        (comparison["time"], comparison["event"]),
        float(last),
        comparison["weight"],
        treated["weight"],
        cluster=(treated["place"], comparison["place"]) if "place" in treated else None,
    )
    keys = ("estimate", "std_error", "conf_low", "conf_high", "p_value", "mean_treated", "mean_comparison")
    head = {"term": days.name, "method": "restricted_mean", "scale": "difference"}
    return head | {"rate": rate.name, "days": last} | {k: getattr(found, k, NAN) for k in keys}
