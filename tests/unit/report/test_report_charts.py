"""Charts: an alternative is required, hidden figures stay out, and each is a valid Vega-Lite chart."""

import re

import altair as alt
import pytest

from likeforlike.report.charts import Figure, figure
from likeforlike.report.charts.balance import axis_ticks, furthest_apart
from likeforlike.report.charts.palette import COMPARISON, TREATMENT
from likeforlike.report.write import report_files
from support.releases import balance
from support.reports import example, example_files, justice


@pytest.mark.parametrize("text", ["", "   "])
def test_a_chart_cannot_be_made_without_an_alternative(text):
    with pytest.raises(ValueError, match="needs a text alternative"):
        Figure("flow", "Headline", "Title", text, "<svg/>", "<svg/>")


def test_each_characteristic_shows_its_largest_difference():
    apart = {a.label: (a.before, a.after) for a in furthest_apart(balance())}
    assert apart["Sex"] == (0.26, 0.01)
    assert apart["Region"] == (0.23, 0.04)
    assert [a.before for a in furthest_apart(balance())] == sorted(
        (b for b, _ in apart.values()), reverse=True
    )


def test_hidden_levels_stay_out_of_the_love_plot():
    rows = [row.model_copy(update={"smd_before": None, "smd_after": None}) for row in balance()]
    assert furthest_apart(rows) == ()
    assert "Wales" not in example_files("open")["charts/balance.svg"].decode()


@pytest.mark.parametrize(
    ("largest", "ticks"),
    [
        (0.0, [0.0, 0.05, 0.1, 0.15]),
        (0.31, [0.0, 0.1, 0.2, 0.3, 0.4]),
        (0.61, [0.0, 0.2, 0.4, 0.6, 0.8]),
        (2.4, [0.0, 0.5, 1.0, 1.5, 2.0, 2.5]),
    ],
)
def test_axis_ticks_are_round_and_few(largest, ticks):
    assert axis_ticks(largest, (0.05, 0.1)) == ticks


def test_a_hundred_icons_of_each_group_are_filled_as_the_rates_are_shown():
    svg = example_files("lower")["charts/icons_reoffended.svg"].decode()
    shown = next(row for row in example("lower").measures if row.name == "reoffended")
    for colour, percent in ((TREATMENT, shown.treatment), (COMPARISON, shown.comparison)):
        icons = re.findall(rf'<path [^>]*fill="([^"]*)"[^>]*stroke="{colour}"', svg, flags=re.IGNORECASE)
        assert len(icons) == 100
        assert sum(fill.casefold() == colour.casefold() for fill in icons) == percent
    assert "Two squares of 100 icons" in svg
    assert "charts/icons_reoffences.svg" not in example_files("lower")


def test_a_standalone_chart_carries_its_title_and_alternative():
    svg = example_files("lower")["charts/flow.svg"].decode()
    assert re.match(r'<svg [^>]*role="img"', svg)
    assert "<desc>Bar chart with one bar for each step. People on the list: 1,200." in svg


def test_charts_are_valid(monkeypatch):
    specs = []
    convert = figure.vl_convert.vegalite_to_svg

    def listen(spec, **options):
        specs.append(spec)
        return convert(spec, **options)

    monkeypatch.setattr(figure.vl_convert, "vegalite_to_svg", listen)
    report_files(example("lower"), justice(), formats=["svg"])
    assert len(specs) == 12
    for spec in specs:
        alt.Chart.from_dict(spec, validate=True)


@pytest.mark.parametrize(
    ("measure", "words"),
    [("reoffended", ("Lower", "Higher")), ("offence_free_days", ("Shorter", "Longer"))],
)
def test_the_axis_uses_the_words_of_the_kind_of_measure(measure, words):
    svg = example_files("lower")[f"charts/{measure}.svg"].decode()
    assert all(word in svg for word in words)
