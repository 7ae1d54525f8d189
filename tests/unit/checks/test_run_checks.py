"""All checks together: what is asked, what is kept, and what cannot be asked."""

import json

import pytest

from likeforlike.checks import CHECKS, Checks, Finding, run_checks, with_controls
from likeforlike.checks.evalue import EValue
from likeforlike.checks.leave_one_out import LeaveOneOut
from likeforlike.checks.negative_control import NegativeControl
from likeforlike.checks.prognostic_balance import PrognosticBalance
from likeforlike.errors import InputProblem
from likeforlike.plan import Trial
from likeforlike.vault.pack import pack, unpack
from support.checked_world import finished_study


def run(**asked) -> Checks:
    done = finished_study(effect=-0.45)
    return run_checks(
        done.sample, done.matched, done.outcomes, done.estimates, done.plan, done.engine, **asked
    )


@pytest.fixture(scope="module")
def few() -> Checks:
    return run(checks=(EValue(), PrognosticBalance(), LeaveOneOut()))


def test_each_check_is_asked_where_it_makes_sense(few):
    asked = few.frame.select("check", "term").rows()
    assert ("e_value", "reoffended") in asked
    assert ("e_value", "reoffences") not in asked
    assert ("leave_one_out", "offence_free_days") in asked
    assert "days_to_first" not in few.frame["term"]


def test_a_vault_can_keep_them(few):
    tables, rest = pack(few, without=frozenset())
    assert json.loads(json.dumps(rest)) == {}
    again = unpack(Checks, tables, {}, {})
    assert again.frame.equals(few.frame)
    assert again.cells.equals(few.cells)


def test_tables_come_back_as_they_were(few):
    table = few.table("leave_one_out", "reoffended")
    assert table.columns[:3] == ["item", "estimate", "std_error"]
    assert table.height == 3
    assert few.table("e_value", "reoffended") is None


def test_the_same_study_gives_the_same_findings(few):
    assert run(checks=(EValue(), PrognosticBalance(), LeaveOneOut())).to_dict() == few.to_dict()


def test_summary_says_each_finding_in_a_line(few):
    lines = few.summary().splitlines()
    assert len(lines) == few.frame.height
    assert sum(few.verdicts().values()) == few.frame.height


def test_only_what_is_asked_for(few):
    assert set(run(which=["e_value"]).frame["check"]) == {"e_value"}


def test_an_unknown_check_is_one_sentence():
    with pytest.raises(InputProblem, match="'astrology', which does not exist: use specifications"):
        run(which=["astrology"])


def test_no_findings_at_all():
    nothing = Checks.of([])
    assert nothing.summary() == "No check was made."
    assert nothing.to_dict() == {"checks": []}


def test_a_table_may_hold_gaps():
    import polars as pl

    table = pl.DataFrame({"item": ["a", "b"], "estimate": [None, 1.0], "n": [1, 2]})
    kept = Checks.of([("Title", Finding("c", "t", "holds", "Said.", {}, table))])
    assert kept.table("c", "t").rows() == [("a", None, 1.0), ("b", 1.0, 2.0)]


def test_names_are_unique_and_titles_are_questions():
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)
    assert all(check.title.endswith("?") for check in CHECKS)


def test_a_lab_s_controls_reach_the_check():
    made = with_controls(CHECKS, "select 1", ())
    assert [c.query for c in made if isinstance(c, NegativeControl)] == ["select 1"]
    assert len(made) == len(CHECKS)


def test_lots_leave_nothing_unseen_to_ask_about():
    done = finished_study(effect=-0.45)
    plan = done.plan.model_copy(update={"trial": Trial(column="arm", treated="a", comparison="b")})
    made = run_checks(
        done.sample,
        done.matched,
        done.outcomes,
        done.estimates,
        plan,
        done.engine,
        which=["e_value", "prognostic_balance"],
    )
    lots = dict(made.frame.filter(term="reoffended").select("check", "why").rows())
    assert lots == {"e_value": "by_lot", "prognostic_balance": ""}
    assert "reoffended, not applicable: Lots decided who was offered the programme" in made.summary()
