"""The flow of a release: the loss itself decides whether it is shown."""

import pytest

from likeforlike.disclosure.flow import flow_rows
from likeforlike.labs import load_lab
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.flow import flow as flow_section
from likeforlike.report.text import Text
from likeforlike.report.words import Words
from likeforlike.terms import Flow
from support.reports import example, justice

PROFILE = load_lab("justice").disclosure
WHAT_GIVES_ONE_AWAY = (1395, 1301, 1197, 1103, 1094)
"""Each loss of about 100 is rounded the other way than its totals, so that the last could only be 9."""


def context_of(release) -> Context:
    lab = justice()
    return Context(release, lab, Words(release, lab), Text(release, lab))


def rows_of(*counts: int):
    flow = Flow.start(counts[0])
    for i, count in enumerate(counts[1:]):
        flow = flow.then(f"step{i}", f"Reason {i}", count)
    return flow_rows(flow, PROFILE)


@pytest.mark.parametrize(
    ("before", "after", "lost", "percent"),
    [
        (1200, 1200, 0, 0),
        (1105, 1104, None, None),
        (1105, 1096, None, None),
        (1100, 1091, None, None),
        (1104, 1095, None, None),
        (1109, 1105, None, None),
        (1100, 1090, 10, 1),
        (1104, 1090, 10, 1),
        (1104, 1089, 20, 2),
        (1015, 994, 20, 2),
        (1019, 1000, 20, 2),
        (1000, 900, 100, 10),
        (1204, 1095, 110, 9),
    ],
)
def test_the_loss_itself_decides_wherever_the_tens_fall(before, after, lost, percent):
    first, second = rows_of(before, after)
    assert (second.lost, second.lost_percent) == (lost, percent)
    assert (first.lost, first.lost_percent) == (0, 0)


def test_people_left_stay_in_tens():
    rows = rows_of(1203, 1101, 1097, 1097, 1076)
    assert [r.remaining for r in rows] == [1200, 1100, 1100, 1100, 1080]
    assert [r.lost for r in rows] == [0, 100, None, 0, 20]
    assert [r.lost_percent for r in rows] == [0, 8, None, 0, 2]


def test_a_small_loss_that_others_give_away_takes_them_along():
    rows = rows_of(*WHAT_GIVES_ONE_AWAY)
    assert [r.lost for r in rows] == [0, None, None, None, None]
    assert [r.remaining for r in rows] == [1400, 1300, 1200, 1100, 1090]


def test_no_flow_where_the_people_left_give_small_losses_away():
    assert rows_of(*range(115, 30, -9)) == ()


@pytest.mark.parametrize(
    ("counts", "written"),
    [
        ((1203, 1101, 1097, 1097, 1000), ["none", "100", "fewer than 10", "0", "100"]),
        (WHAT_GIVES_ONE_AWAY, ["none", *["not shown"] * 4]),
    ],
)
def test_the_report_says_what_is_hidden_and_no_more(counts, written):
    release = example("lower").model_copy(update={"flow": rows_of(*counts)})
    (group,) = flow_section(context_of(release)).table.groups
    assert [row[2] for row in group.rows] == written
    assert "0%" in [row[3] for row in group.rows] or "0" not in written
