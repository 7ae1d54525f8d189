"""Checks across the columns of a row."""

import pytest

from likeforlike.errors import LabProblem
from likeforlike.labs.definition import RowRule
from support.cohorts import any_size_lab, codes, people, person, read_rows


def lab_with(when):
    rule = RowRule(
        code="odd", column="surname", when=when, severity="must_fix", message="Odd.", remedy="Mend."
    )
    lab = any_size_lab()
    return lab.model_copy(update={"columns": lab.columns.model_copy(update={"rule": (rule,)})})


@pytest.mark.parametrize(
    ("changes", "code", "severity"),
    [
        ({"intervention_end": "01/01/2021"}, "end_before_start", "must_fix"),
        ({"date_of_birth": "01/01/2022"}, "born_after_dates", "must_fix"),
        ({"date_of_birth": "01/02/2015"}, "very_young", "please_confirm"),
        ({"date_of_birth": "01/02/1920"}, "very_old", "please_confirm"),
        ({"index_date": "20/01/2002", "conviction_date": ""}, "dates_far_apart", "please_confirm"),
        ({}, None, None),
        ({"index_date": "", "conviction_date": "", "intervention_end": ""}, None, None),
    ],
)
def test_the_rules_of_the_justice_lab(tmp_path, changes, code, severity):
    cohort = read_rows(tmp_path / "a.csv", [person(0), person(1, **changes)])
    found = [(p.row, p.code, p.severity) for p in cohort.problems]
    assert found == ([(3, code, severity)] if code else [])


def test_a_rule_over_missing_values_says_nothing(tmp_path):
    lab = lab_with("index_date > intervention_start")
    assert codes(read_rows(tmp_path / "a.csv", people(2, index_date=""), lab)) == []


@pytest.mark.parametrize(
    "when", ["no_such_column = 1", "surname =", "surname = 'a'; drop table people", "sum(row) > 1"]
)
def test_a_condition_that_cannot_run_names_the_rule(tmp_path, when):
    with pytest.raises(LabProblem, match=r"columns.toml: the condition of the rule 'odd' cannot be run"):
        read_rows(tmp_path / "a.csv", people(2), lab_with(when))


def test_an_error_that_could_quote_a_value_is_not_quoted(tmp_path):
    with pytest.raises(LabProblem) as raised:
        read_rows(tmp_path / "a.csv", people(2), lab_with("cast(surname as date) is null"))
    assert "O'Neill" not in str(raised.value)


def test_a_condition_sees_nothing_of_the_machine(tmp_path):
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with pytest.raises(LabProblem):
        read_rows(tmp_path / "a.csv", people(2), lab_with(f"exists (select 1 from '{tmp_path}/secret.csv')"))
