"""A check that was not made says why, where anybody may know."""

import pytest

from likeforlike.checks.check import Finding
from likeforlike.checks.result import Checks
from likeforlike.disclosure.verdicts import check_rows
from likeforlike.report.sections.checks import checks
from likeforlike.report.sections.context import Context
from likeforlike.report.text import Text
from likeforlike.report.words import Words
from support.reports import example, justice


def answers(*findings: Finding) -> list[str]:
    release = example("lower")
    rows, _ = check_rows(Checks.of(("Why?", f) for f in findings), release.measures)
    release = release.model_copy(update={"checks": rows})
    table = checks(Context(release, justice(), Words(release, justice()), Text(release, justice())))
    return [cells[1] for g in table.groups for cells in g.rows]


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("by_lot", "– Does not apply here: the lot decided who was offered the programme"),
        ("places", "– Does not apply here: whole places took part"),
        ("open", "– Does not apply here: there is nothing to explain away"),
        ("", "– Does not apply here"),
    ],
)
def test_the_reason_stands_beside_the_answer(why, said):
    assert answers(Finding("e_value", "reoffended", "not_applicable", "In figures: 7.", why=why)) == [said]


def test_an_answer_needs_no_reason():
    assert answers(Finding("e_value", "reoffended", "holds", "Said.")) == ["● No reason to doubt"]
