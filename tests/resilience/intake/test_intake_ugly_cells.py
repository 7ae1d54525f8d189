"""Lists as people really fill them in: merged cells, formulas, broken letters, impossible dates."""

import io
import zipfile

import pytest
from xlsxwriter import Workbook

from likeforlike.intake import read_cohort
from likeforlike.spreadsheets.ods import OdsSheet, write_ods
from support.cohorts import any_size_lab, codes, people, person, read_rows, table

LAB = any_size_lab()


def edited(path, edit, cells=None):
    """A workbook of people on which `edit` may still work; it gets the book and the sheet."""
    with Workbook(path) as book:
        sheet = book.add_worksheet("People")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for r, row in enumerate(cells or table(people(5))):
            for c, cell in enumerate(row):
                sheet.write(r, c, cell, None if isinstance(cell, str) else day)
        edit(book, sheet)
    return read_cohort(path, LAB)


def told(cohort, code):
    return [(p.row, p.column, p.severity) for p in cohort.problems if p.code == code]


def test_merged_names(tmp_path):
    cohort = edited(
        tmp_path / "a.xlsx", lambda book, sheet: sheet.merge_range("B3:B5", "Smith", book.add_format())
    )
    assert told(cohort, "merged_cells") == [(4, "Surname", "please_confirm")]
    assert told(cohort, "missing_merged") == [(4, "Surname", "must_fix"), (5, "Surname", "must_fix")]


def test_merged_cells_of_a_column_that_may_be_empty(tmp_path):
    cohort = edited(
        tmp_path / "a.xlsx", lambda book, sheet: sheet.merge_range("L2:L6", "Leeds", book.add_format())
    )
    assert codes(cohort) == ["merged_cells"]
    assert cohort.ready


def test_a_merged_title_is_nothing_to_ask_about(tmp_path):
    cells = [[""] * 12, *table(people(5))]
    cohort = edited(
        tmp_path / "a.xlsx",
        lambda book, sheet: sheet.merge_range("A1:L1", "Our people", book.add_format()),
        cells,
    )
    assert codes(cohort) == []


def test_merged_cells_of_an_ods(tmp_path):
    cells = [[str(cell) for cell in row] for row in table(people(5))]
    cells[2][1] = "MERGED"
    cells[3][1] = ""
    path = tmp_path / "a.ods"
    path.write_bytes(merged_down(write_ods([OdsSheet("A", cells)], "A list")))
    cohort = read_cohort(path, LAB)
    assert told(cohort, "missing_merged") == [(4, "Surname", "must_fix")]


def merged_down(content):
    """An ODS in which the cell that says MERGED reaches over the one below it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            text = old.read(info)
            cell = b'<table:table-cell office:value-type="string"><text:p>MERGED'
            new.writestr(
                info,
                text.replace(cell, cell.replace(b" office", b' table:number-rows-spanned="2" office', 1)),
            )
    return target.getvalue()


def test_formulas_give_their_results(tmp_path):
    cohort = edited(
        tmp_path / "a.xlsx", lambda book, sheet: sheet.write_formula("B3", '=PROPER("smith")', None, "Smith")
    )
    assert codes(cohort) == []
    assert cohort.people["surname"][1] == "Smith"


def test_formulas_never_calculated(tmp_path):
    cohort = edited(
        tmp_path / "a.xlsx", lambda book, sheet: sheet.write_formula("B3", '=PROPER("smith")', None, "")
    )
    assert told(cohort, "missing_formula") == [(3, "Surname", "must_fix")]
    assert "paste it back as values" in cohort.summary()


def test_formulas_that_failed(tmp_path):
    cohort = edited(tmp_path / "a.xlsx", lambda book, sheet: sheet.write_formula("B3", "=NA()", None, "#N/A"))
    assert told(cohort, "missing_formula") == [(3, "Surname", "must_fix")]


def test_broken_letters_in_a_csv(tmp_path):
    rows = [person(0, surname="Müller"), person(1)]
    file = tmp_path / "a.csv"
    read_rows(file, rows)
    file.write_bytes(
        file.read_bytes().decode("utf-8").encode("utf-8").decode("cp1252", "replace").encode("utf-8")
    )
    cohort = read_cohort(file, LAB)
    assert told(cohort, "broken_letters") == [(2, "Surname", "must_fix")]
    assert "save the original list as XLSX or 'CSV UTF-8'" in cohort.summary()


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
def test_a_day_that_does_not_exist(tmp_path, suffix):
    cohort = read_rows(tmp_path / f"a.{suffix}", [person(0, date_of_birth="31/02/1990"), person(1)])
    (problem,) = cohort.problems
    assert (problem.row, problem.column, problem.value) == (2, "Date of birth", "31/02/1990")
    assert problem.message == "'Date of birth' is a day that does not exist."
    assert not cohort.ready


def test_everything_at_once_is_still_one_list(tmp_path):
    rows = [
        person(0, surname="", date_of_birth="03/27/1990"),
        person(1, gender="?", pnc_id="none", postcode="NFA"),
        person(2, index_date="soon", intervention_end="01/01/2020"),
        person(3, forename="Jos\ufffd"),
        *people(5),
    ]
    cohort = read_rows(tmp_path / "a.xlsx", rows)
    assert cohort.people.height == 9 - 2
    assert codes(cohort, "must_fix") == [
        "months_first_column",
        "missing",
        "says_nothing",
        "not_a_date",
        "end_before_start",
        "broken_letters",
    ]
