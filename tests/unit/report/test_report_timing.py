"""The section on how soon: one chart and one table for each curve, from the release's own figures."""

import altair as alt

from likeforlike.disclosure.release import TimingRow
from likeforlike.report.charts import figure as drawing
from likeforlike.report.html import fill
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.timing import timing
from likeforlike.report.text import Text
from likeforlike.report.words import Words
from support.reports import example, justice

LABEL = "Proven reoffending rate within a year"
FIGURES = ((91, 12, 15), (182, 19, 25), (243, 23, 29), (365, 28, 36))


def context(name="lower", figures=FIGURES, measures=("reoffended",)):
    rows = tuple(
        TimingRow(measure=m, label=LABEL, day=day, treatment=ours, comparison=others)
        for m in measures
        for day, ours, others in figures
    )
    release = example(name).model_copy(update={"timing": rows})
    return Context(release, justice(), Words(release, justice()), Text(release, justice()))


def test_a_release_without_curves_has_no_section():
    assert timing(context(figures=())) is None


def test_the_table_holds_the_releases_figures_and_the_headline_the_middle_of_the_year():
    (curve,) = timing(context()).curves
    (group,) = curve.table.groups
    assert group.rows[0] == ("91", "12%", "15%")
    assert len(group.rows) == 4
    assert curve.figure.headline == "By day 182: 19% of people who took part, and 25% of similar people"
    assert LABEL in curve.figure.title
    assert "By day 365: 28% of people who took part" in curve.figure.alt


def test_arms_drawn_by_lot_have_their_own_words():
    (curve,) = timing(context("alike")).curves
    assert "who were offered the programme, and 25% of other people" in curve.figure.headline
    assert curve.table.columns[1] == "Offered the programme"


def test_each_measure_has_its_own_curve():
    section = timing(context(measures=("reoffended", "first_custody")))
    assert [f.name for f in section.figures] == ["timing_reoffended", "timing_first_custody"]


def test_the_chart_is_valid_and_tells_the_groups_apart_without_colour(monkeypatch):
    specs = []
    convert = drawing.vl_convert.vegalite_to_svg

    def listen(spec, **options):
        specs.append(spec)
        return convert(spec, **options)

    monkeypatch.setattr(drawing.vl_convert, "vegalite_to_svg", listen)
    timing(context())
    assert len(specs) == 2
    for spec in specs:
        alt.Chart.from_dict(spec, validate=True)
        lines, marks = (layer["encoding"] for layer in spec["layer"])
        assert len(set(map(tuple, lines["strokeDash"]["scale"]["range"]))) == 2
        assert len(set(marks["shape"]["scale"]["range"])) == 2
        values = {v["percent"] for rows in spec["datasets"].values() for v in rows}
        assert values == {0} | {figure for row in FIGURES for figure in row[1:]}


def test_the_section_as_the_page_has_it():
    told = context()
    page = fill("timing.html.j2", text=told.text, timing=timing(told))
    assert 'aria-labelledby="timing"' in page
    assert page.count("<table>") == 1
    assert "The chart describes." in page
