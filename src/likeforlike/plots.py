"""Charts of stage results for analysts in the vault; the report draws its own from protected figures only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import polars as pl

if TYPE_CHECKING:
    from likeforlike.terms import Flow

BEFORE, AFTER = "#F46A25", "#12436D"


def flow_plot(flow: Flow) -> alt.LayerChart | alt.FacetChart:
    """Bars of the people left after each step."""
    bars = alt.Chart(flow.to_frame()).encode(
        y=alt.Y("reason:N", sort=None, title=None), x=alt.X("remaining:Q")
    )
    return alt.layer(
        bars.mark_bar(color=AFTER), bars.mark_text(align="left", dx=4).encode(text="remaining:Q")
    ).properties(title="People left after each step")


def love_plot(balance: pl.DataFrame, *, green: float, amber: float) -> alt.LayerChart | alt.FacetChart:
    """Absolute standardised mean differences before and after matching, as cobalt's `love.plot`."""
    named = balance.select(
        pl.when(pl.col("level") == "")
        .then("label")
        .otherwise(pl.format("{}: {}", "label", "level"))
        .alias("name"),
        pl.col("smd_before").abs().alias("before"),
        pl.col("smd_after").abs().alias("after"),
    )
    long = named.unpivot(index="name", variable_name="matching", value_name="smd")
    points = (
        alt.Chart(long)
        .mark_point(filled=True, size=60)
        .encode(
            x=alt.X("smd:Q", title="Absolute standardised mean difference"),
            y=alt.Y("name:N", sort=None, title=None),
            color=alt.Color("matching:N", scale=alt.Scale(domain=["before", "after"], range=[BEFORE, AFTER])),
            shape=alt.Shape(
                "matching:N", scale=alt.Scale(domain=["before", "after"], range=["diamond", "circle"])
            ),
        )
    )
    limits = alt.Chart(pl.DataFrame({"x": [green, amber]})).mark_rule(strokeDash=[4, 4]).encode(x="x:Q")
    return alt.layer(limits, points).properties(title="How alike the groups are")


def interval_plot(estimates: pl.DataFrame, labels: dict[str, str]) -> alt.FacetChart:
    """Each measure's difference with its 95% interval, on a scale of its own."""
    named = estimates.with_columns(pl.col("term").replace(labels).alias("measure"))
    line = alt.Chart(named).encode(x=alt.X("conf_low:Q", title="Difference, treatment minus comparison"))
    zero = alt.Chart(named).mark_rule(strokeDash=[4, 4]).encode(x=alt.datum(0))
    layers = alt.layer(
        zero,
        line.mark_rule(strokeWidth=3, color=AFTER).encode(x2="conf_high:Q"),
        alt.Chart(named).mark_point(filled=True, size=80, color=AFTER).encode(x="estimate:Q"),
        data=named,
    )
    chart: alt.FacetChart = layers.facet(row=alt.Row("measure:N", title=None)).resolve_scale(x="independent")
    return chart


def table_plot(
    rows: dict[str, int], *, title: str = "Rows of the register", counted: str = "Rows"
) -> alt.Chart:
    """Bars of the rows of each table, or of what else is `counted`."""
    frame = pl.DataFrame({"table": list(rows), "rows": list(rows.values())})
    chart: alt.Chart = (
        alt.Chart(frame)
        .mark_bar(color=AFTER)
        .encode(x=alt.X("rows:Q", title=counted), y=alt.Y("table:N", title=None, sort=None))
        .properties(title=title)
    )
    return chart
