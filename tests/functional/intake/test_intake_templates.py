"""The template: what it offers, and that it comes back as it was meant."""

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from likeforlike.errors import InputProblem
from likeforlike.intake import read_cohort, write_templates
from likeforlike.intake.template import DATA_SHEET, GUIDANCE_SHEET, template_csv, template_ods
from likeforlike.intake.template_xlsx import template_xlsx
from likeforlike.labs import installed_labs, load_lab
from support.cohorts import any_size_lab, codes, people, table, table_file, workbook

LAB = any_size_lab()


def sheets(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def member(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_three_files(tmp_path):
    files = write_templates(LAB, tmp_path / "new" / "folder")
    assert [f.name for f in files] == ["template.xlsx", "template.ods", "template.csv"]
    assert sorted(p.name for p in (tmp_path / "new" / "folder").iterdir()) == sorted(f.name for f in files)


def test_equal_bytes(tmp_path):
    first, second = write_templates(LAB, tmp_path / "a"), write_templates(LAB, tmp_path / "b")
    assert [f.read_bytes() for f in first] == [f.read_bytes() for f in second]


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputProblem, match=r"template\.xlsx cannot be written in file"):
        write_templates(LAB, tmp_path / "file")


@pytest.mark.parametrize("name", installed_labs())
def test_the_example_of_every_lab_is_left_out(tmp_path, name):
    for file in write_templates(load_lab(name), tmp_path):
        cohort = read_cohort(file, load_lab(name))
        assert cohort.people.is_empty()
        assert cohort.notes == ("The template's example was left out (row 2).",)
        assert codes(cohort) == ["too_few"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("keep", [True, False])
def test_filled_templates_come_back(tmp_path, suffix, keep):
    example = sheets(template_xlsx(LAB))[DATA_SHEET][1]
    cells = table(people(5))
    filled = table_file(tmp_path / f"a.{suffix}", [cells[0], *([example] if keep else []), *cells[1:]])
    cohort = read_cohort(filled, LAB)
    assert codes(cohort) == []
    assert cohort.people["surname"].to_list() == [p["surname"] for p in people(5)]
    assert len(cohort.notes) == keep


def test_an_example_that_was_written_over_is_a_person(tmp_path):
    head, example = sheets(template_xlsx(LAB))[DATA_SHEET]
    changed = ["Mary" if cell == "Jordan" else cell for cell in example]
    cohort = read_cohort(workbook(tmp_path / "a.xlsx", {"A": [head, changed, example]}), LAB)
    assert cohort.people["forename"].to_list() == ["Mary"]


@pytest.mark.parametrize("make", [template_xlsx, template_ods])
def test_guidance_on_every_column(make):
    guidance = sheets(make(LAB))[GUIDANCE_SHEET]
    assert guidance[0][0] == "Justice Data Lab: list of people"
    start = next(i for i, row in enumerate(guidance) if row[0] == "Heading")
    assert guidance[start] == ["Heading", "Needed", "What to write", "Example"]
    assert [row[0] for row in guidance[start + 1 :]] == [c.label for c in LAB.columns.column]
    assert [row[1] == "Yes" for row in guidance[start + 1 :]] == [c.required for c in LAB.columns.column]
    assert "Each row needs at least one date: release or order, conviction, or programme start." in str(
        guidance
    )
    assert "Write one of: Male, Female." in str(guidance)


def test_excel_offers_choices_and_checks_dates():
    sheet = member(template_xlsx(LAB), "xl/worksheets/sheet2.xml")
    assert '<formula1>"Male,Female"</formula1>' in sheet
    assert 'sqref="D2:D50002"' in sheet
    assert sheet.count('type="date"') == sum(c.kind == "date" for c in LAB.columns.column)
    assert "<pane " in sheet


def test_long_lists_of_choices_stand_on_their_own_sheet(tmp_path):
    choices = {f"group_{i}": (f"a rather long name of a group {i}",) for i in range(30)}
    columns = [
        c.model_copy(update={"choices": choices}) if c.kind == "choice" else c for c in LAB.columns.column
    ]
    lab = LAB.model_copy(update={"columns": LAB.columns.model_copy(update={"column": tuple(columns)})})
    content = template_xlsx(lab)
    assert "Choices!$B$4:$AE$4" in member(content, "xl/worksheets/sheet2.xml")
    (tmp_path / "a.xlsx").write_bytes(content)
    assert read_cohort(tmp_path / "a.xlsx", lab).source.sheet == DATA_SHEET


def test_excel_has_named_tables_a_title_and_no_author():
    content = template_xlsx(LAB)
    tables = [member(content, f"xl/tables/table{i}.xml") for i in (1, 2)]
    assert [re.search(r' name="(\w+)"', t)[1] for t in tables] == ["GuidanceTable", "ParticipantsTable"]
    core = member(content, "docProps/core.xml")
    assert "<dc:title>Justice Data Lab: list of people</dc:title>" in core
    assert "<dc:creator></dc:creator>" in core
    assert "2000-01-01T00:00:00Z" in core


def test_csv_opens_with_accents_and_without_formulas():
    columns = (
        LAB.columns.column[0].model_copy(update={"label": "=Prénom", "example": "+cmd"}),
        *LAB.columns.column[1:],
    )
    lab = LAB.model_copy(update={"columns": LAB.columns.model_copy(update={"column": columns})})
    text = template_csv(lab)
    assert text.startswith(b"\xef\xbb\xbf")
    assert [line.split(",")[0] for line in text.decode("utf-8-sig").splitlines()] == ["'=Prénom", "'+cmd"]
    assert "<f>" not in member(template_xlsx(lab), "xl/worksheets/sheet2.xml")
    assert "table:formula" not in member(template_ods(lab), "content.xml")
