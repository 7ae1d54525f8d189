"""The groups' scores and those without a match on the page: words, tables, a chart, and nothing without rows."""

import pytest

from likeforlike.disclosure.release import LostRow, OverlapRow
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.lost import lost
from likeforlike.report.sections.overlap import chance, overlap
from likeforlike.report.text import Text
from likeforlike.report.words import Words
from support.reports import example, justice

FIGURES = [(None, -2.0, 10, 12, 50), (-2.0, -1.0, 40, 38, 30), (-1.0, 0.0, 40, 41, 15), (0.0, None, 10, 9, 5)]
NAMES = ("low", "high", "treatment", "comparison", "pool")
SCORES = tuple(OverlapRow(**dict(zip(NAMES, row, strict=True))) for row in FIGURES)


def context(**rows) -> Context:
    release = example("lower").model_copy(update=rows)
    lab = justice()
    return Context(release, lab, Words(release, lab), Text(release, lab))


def row(
    label: str, matched: float, gone: float, smd: float, *, percent: bool = True, level: str = ""
) -> LostRow:
    return LostRow(
        covariate=label.lower(),
        label=label,
        level=level,
        percent=percent,
        matched=matched,
        lost=gone,
        smd=smd,
    )


def test_neither_section_is_there_without_rows():
    assert overlap(context(overlap=())) is None
    assert lost(context(lost=())) is None


def test_scores_are_chances_with_what_the_groups_have_in_common():
    section = overlap(context(overlap=SCORES))
    (group,) = section.table.groups
    assert group.rows[0] == ("below 12%", "10%", "12%", "50%")
    assert [cells[0] for cells in group.rows[1:]] == ["12% to 27%", "27% to 50%", "50% or more"]
    assert section.figure.headline == "The groups' chances overlap by 60% before matching and by 97% after it"
    assert "4 bands" in section.figure.alt
    assert "60%" in section.figure.alt
    for svg in (section.figure.wide, section.figure.narrow):
        assert svg.startswith("<svg")
        assert "12% to 27%" in svg
        assert "Similar people" in svg


@pytest.mark.parametrize(
    ("logit", "said"),
    [(0, "50%"), (-3, "4.7%"), (-6, "0.25%"), (3, "95.3%"), (6, "99.75%"), (-900, "0.00061%"), (1, "73%")],
)
def test_a_logit_is_a_chance_of_two_figures(logit, said):
    assert chance(logit) == said


def test_the_largest_difference_is_said_and_the_table_is_in_its_order():
    rows = (
        row("Age", 31, 35, 0.3, percent=False),
        row("Sex", 12, 30, 0.5, level="Women"),
        row("Sex", 88, 70, -0.5, level="Men"),
    )
    section = lost(context(lost=rows))
    assert section.sentence == (
        "They differ most on this: Sex: Women. It is 30% for them, and 12% for those who were matched: "
        "0.5 standard deviations apart."
    )
    (group,) = section.table.groups
    assert [cells[0] for cells in group.rows] == ["Sex: Men", "Sex: Women", "Age"]
    assert group.rows[2] == ("Age", "31", "35", "0.3")


def test_no_difference_is_said_as_such():
    assert "much like those" in lost(context(lost=(row("Sex", 50, 50, 0.0),))).sentence
