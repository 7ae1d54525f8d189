"""Nobody's details are in what may be shown, logged or stored of a list."""

import csv
import json

import pytest

from likeforlike.errors import InputProblem
from likeforlike.intake import read_cohort, write_problems
from support.cohorts import any_size_lab, person, read_rows, table, table_file

CANARIES = {
    "forename": "Canaryforename\ufffd",
    "surname": "Canarysurname9",
    "date_of_birth": "31/02/1971",
    "gender": "canarygender",
    "postcode": "ZZ99 CANARY",
    "pnc_id": "CANARY/1",
    "prison_id": "CANARY2",
    "index_date": "canary date",
    "reference": "Canary reference",
}
TRACES = ("canary", "31/02/1971", "1971")


@pytest.fixture
def cohort(tmp_path):
    rows = [CANARIES, CANARIES, person(1, surname="Canarysurname8"), person(1, surname="CANARYSURNAME8")]
    return read_rows(tmp_path / "a.csv", rows)


def assert_nobody(text):
    assert [trace for trace in TRACES if trace in text.lower()] == []


def test_the_problems_themselves_do_show_values(cohort):
    assert "Canarysurname9" in cohort.to_frame()["value"].to_list()


def test_summary_and_dictionary(cohort):
    assert_nobody(cohort.summary())
    assert_nobody(json.dumps(cohort.to_dict()))


def test_messages_and_remedies(cohort):
    for problem in cohort.problems:
        assert_nobody(f"{problem.message} {problem.remedy}")


def test_the_error_of_a_list_that_is_not_ready(cohort):
    with pytest.raises(InputProblem) as raised:
        cohort.require_ready()
    assert_nobody(str(raised.value))


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
def test_a_list_without_headings(tmp_path, suffix):
    file = table_file(tmp_path / f"a.{suffix}", table([CANARIES, CANARIES])[1:])
    with pytest.raises(InputProblem) as raised:
        read_cohort(file, any_size_lab())
    assert_nobody(str(raised.value))


def test_nothing_is_logged(cohort, caplog, capsys):
    cohort.summary()
    cohort.to_dict()
    shown = capsys.readouterr()
    assert (caplog.text, shown.out, shown.err) == ("", "", "")


def test_the_list_of_problems_cannot_act_as_a_formula(tmp_path):
    attack = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(1)")
    rows = [person(i, gender=text, pnc_id=f"{text} {i}") for i, text in enumerate(attack)]
    cohort = read_rows(tmp_path / "a.csv", rows)
    with write_problems(cohort, tmp_path / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    assert len(written) == len(cohort.problems)
    assert {row["value"] for row in written if row["code"] == "unknown_choice"} == {
        f"'{text}" for text in attack
    }
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in written for cell in row.values()
    )
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_list_of_problems_that_cannot_be_written(tmp_path, cohort):
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputProblem, match="folder cannot be written"):
        write_problems(cohort, tmp_path / "folder")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
