"""The same people from every kind of file, and the sheet as people really lay it out."""

from datetime import timedelta

import pytest

from likeforlike.intake import read_cohort
from support.cohorts import (
    any_size_lab,
    as_text,
    codes,
    people,
    person,
    read_rows,
    table,
    table_file,
    workbook,
)

LAB = any_size_lab()
PEOPLE = people(70)


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    return read_rows(tmp_path_factory.mktemp("expected") / "a.csv", PEOPLE).sha256


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
def test_every_kind_gives_the_same_people(tmp_path, suffix, expected):
    cohort = read_rows(tmp_path / f"people.{suffix}", PEOPLE)
    assert cohort.sha256 == expected
    assert codes(cohort) == []


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
def test_the_content_says_what_kind_it_is(tmp_path, suffix, expected):
    file = table_file(tmp_path / f"people.{suffix}", table(PEOPLE)).rename(tmp_path / "people.dat")
    assert read_cohort(file, LAB).sha256 == expected


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
def test_other_headings_order_and_columns(tmp_path, suffix, expected):
    cells = table(PEOPLE)
    cells[0] = [column.aliases[0].upper() for column in LAB.columns.column]
    cells = [[*reversed(row), "secret"] for row in cells]
    cohort = read_cohort(table_file(tmp_path / f"a.{suffix}", [["Our people"], [], *cells]), LAB)
    assert cohort.sha256 == expected
    assert cohort.notes == ("Columns not read, which you need not send: 'secret'.",)
    assert cohort.people["row"][0] == 4


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_csv_of_other_countries_and_programs(tmp_path, encoding, separator, expected):
    text = "\r\n".join(separator.join(as_text(cell) for cell in row) for row in table(PEOPLE))
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    assert read_cohort(tmp_path / "a.csv", LAB).sha256 == expected


def test_windows_csv_is_read_and_asked_about(tmp_path, expected):
    text = "\r\n".join(",".join(as_text(cell) for cell in row) for row in table(PEOPLE))
    (tmp_path / "a.csv").write_bytes(text.encode("cp1252"))
    cohort = read_cohort(tmp_path / "a.csv", LAB)
    assert cohort.sha256 == expected
    assert codes(cohort) == ["encoding_guessed"]


def test_dates_left_as_day_numbers(tmp_path, expected):
    zero = person(0)["date_of_birth"].replace(1899, 12, 30)
    rows = [p | {"date_of_birth": (p["date_of_birth"] - zero) / timedelta(days=1)} for p in PEOPLE]
    cohort = read_rows(tmp_path / "a.xlsx", rows)
    assert cohort.sha256 == expected
    assert codes(cohort) == ["day_numbers"]


def test_a_second_list_is_pointed_out(tmp_path):
    shorter = [row[:8] for row in table(people(3))]
    file = workbook(
        tmp_path / "a.xlsx", {"2021": table(PEOPLE), "2022": shorter, "Old": table(PEOPLE)}, ["Old"]
    )
    cohort = read_cohort(file, LAB)
    (problem,) = cohort.problems
    assert problem.code == "other_sheets"
    assert problem.message == "We read the sheet '2021' only; '2022' also looks like a list of people."
    assert cohort.source.sheet == "2021"
    assert read_cohort(file, LAB, sheet="2022").people.height == 3


def test_rows_with_nothing_we_read_are_passed_over_and_noted(tmp_path):
    cells = [[*row, "Notes" if i == 0 else ""] for i, row in enumerate(table(people(3)))]
    cells.insert(2, [*[""] * 12, "moved away"])
    cohort = read_cohort(table_file(tmp_path / "a.xlsx", cells), LAB)
    assert cohort.people["row"].to_list() == [2, 4, 5]
    assert cohort.notes[-1] == "Rows passed over because they are empty in every column we read: 3."


def test_a_comma_too_many_in_a_csv(tmp_path):
    lines = [",".join(as_text(cell) for cell in row) for row in table(people(3))]
    lines[2] = f"{lines[2]},oops"
    lines[3] = f"{lines[3]},,"
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    problems = [(p.row, p.code, p.severity) for p in read_cohort(tmp_path / "a.csv", LAB).problems]
    assert problems == [(3, "extra_cells", "must_fix")]


def test_fifty_thousand_people(tmp_path):
    """The aim is two seconds, which `bench` measures; here the list has to come through whole."""
    rows = [",".join(as_text(cell) for cell in row) for row in table(people(1_000))]
    head, body = rows[0], rows[1:]
    lines = [
        head,
        *(line.replace(",", f"{chr(97 + i % 26) * (i // 26 + 1)},", 1) for i in range(50) for line in body),
    ]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    cohort = read_cohort(tmp_path / "a.csv", LAB)
    assert cohort.people.height == 50_000
    assert codes(cohort, "must_fix") == []
