"""The flow of a release: a small loss looks like none, and like every other small one."""

import pytest

from likeforlike.disclosure.flow import flow_rows
from likeforlike.labs import load_lab
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.flow import flow as flow_section
from likeforlike.report.text import Text
from likeforlike.report.words import Words
from likeforlike.terms import NOT_FOUND, Flow
from support.reports import example, justice

PROFILE = load_lab("justice").disclosure


def context_of(release) -> Context:
    lab = justice()
    return Context(release, lab, Words(release, lab), Text(release, lab))


def rows_of(*counts: int):
    flow = Flow.start(counts[0])
    for i, count in enumerate(counts[1:]):
        flow = flow.then(NOT_FOUND if i == 0 else f"step{i}", f"Reason {i}", count)
    return flow_rows(flow, PROFILE)


@pytest.mark.parametrize(
    ("sent", "found", "shown", "lost"),
    [
        (1200, 1200, 1200, None),
        (1200, 1191, 1200, None),
        (106, 106, 100, None),
        (106, 97, 100, None),
        (106, 96, 90, 20),
        (95, 95, 90, None),
        (1104, 1089, 1090, 10),
        (1000, 900, 900, 100),
        (1204, 1095, 1100, 100),
    ],
)
def test_nobody_lost_looks_like_nine_lost(sent, found, shown, lost):
    rows = rows_of(sent, found)
    assert (rows[1].remaining, rows[1].lost) == (shown, lost)
    assert (rows[0].lost, rows[0].lost_percent) == (0, 0)


def test_people_left_stay_in_tens_and_losses_are_their_differences():
    rows = rows_of(1203, 1101, 1097, 1097, 1076)
    assert [r.remaining for r in rows] == [1200, 1100, 1100, 1100, 1080]
    assert [r.lost for r in rows] == [0, 100, None, None, 20]
    assert [r.lost_percent for r in rows] == [0, 8, None, None, 2]


def test_what_the_list_itself_loses_is_known_to_whoever_sent_it():
    flow = Flow.start(130).then("duplicates", "Twice", 104).then(NOT_FOUND, "Not found", 103)
    rows = flow_rows(flow, PROFILE)
    assert [(r.remaining, r.lost) for r in rows] == [(130, 0), (100, 30), (100, None)]


def test_the_report_says_what_is_hidden_and_no_more():
    release = example("lower").model_copy(update={"flow": rows_of(1203, 1101, 1097, 1097, 1000)})
    (group,) = flow_section(context_of(release)).table.groups
    assert [row[2] for row in group.rows] == ["none", "100", "few or none", "few or none", "100"]
