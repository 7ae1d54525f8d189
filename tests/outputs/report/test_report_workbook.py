"""The workbooks keep to the Analysis Function's checklist for accessible spreadsheets, and so do ODS and XLSX alike."""

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from likeforlike.report.read import columns
from likeforlike.report.tables import tables
from likeforlike.report.workbook import HEADING, ods_bytes, sheets, xlsx_bytes
from support.releases import EXAMPLES
from support.reports import example

MAKERS = {"xlsx": xlsx_bytes, "ods": ods_bytes}
every = pytest.mark.parametrize("kind", MAKERS)


def pages(kind: str, name: str) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(MAKERS[kind](example(name))))
    return {sheet: book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names}


def xml(kind: str, part: str) -> str:
    archive = zipfile.ZipFile(io.BytesIO(MAKERS[kind](example("full"))))
    return "".join(archive.read(name).decode() for name in archive.namelist() if part in name)


@every
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_cover_and_a_worksheet_for_each_table(kind, name):
    found = pages(kind, name)
    assert list(found) == ["Contents", *(table.name for table in tables(example(name)))]
    cover = found["Contents"]
    assert cover[0][0] == example(name).programme.name
    assert [row[0] for row in cover[HEADING + 1 :]] == list(found)[1:]


@every
def test_each_worksheet_has_a_title_a_note_and_one_table(kind):
    for sheet, rows in pages(kind, "full").items():
        title, note, headings, *body = rows
        assert title[0]
        assert not any(title[1:])
        assert "[c]" in note[0] or sheet == "Contents"
        assert all(headings), sheet
        assert len(set(headings)) == len(headings)
        assert body
        assert all(any(str(cell) for cell in row) for row in body), "no blank rows"
        assert all(str(cell) != "" for row in body for cell in row[: len(headings)]) or sheet in (
            "measures", "sub_groups", "checks", "balance",
        )  # fmt: skip


@every
def test_figures_are_numbers_and_what_is_hidden_is_marked(kind):
    (made,) = [rows for name, rows in pages(kind, "open").items() if name == "balance"]
    cells = [cell for row in made[HEADING + 1 :] for cell in row]
    assert "[c]" in cells
    assert any(isinstance(cell, int | float) for cell in cells)
    assert not any(isinstance(cell, str) and re.fullmatch(r"-?\d+\.\d+", cell) for cell in cells)


def test_tables_are_marked_up_and_named():
    count = len(sheets(example("full")))
    assert len(re.findall(r'<table [^>]*name="Table\d+"', xml("xlsx", "xl/tables/"))) == count
    assert xml("ods", "content.xml").count("<table:database-range ") == count
    assert xml("ods", "content.xml").count("<table:table-header-rows>") == count


def test_nothing_is_merged_and_the_document_has_a_title():
    assert "mergeCell" not in xml("xlsx", "worksheets/")
    assert "spanned" not in xml("ods", "content.xml")
    title = example("full").programme.name
    assert f"<dc:title>{title}</dc:title>" in xml("xlsx", "core.xml")
    assert f"<dc:title>{title}</dc:title>" in xml("ods", "meta.xml")
    assert "creator" not in xml("ods", "meta.xml")


@every
def test_the_same_release_gives_the_same_bytes(kind):
    assert MAKERS[kind](example("full")) == MAKERS[kind](example("full"))


@every
def test_formulas_are_text(kind):
    words = example("lower").programme.model_copy(update={"name": "=1+1"})
    book = MAKERS[kind](example("lower").model_copy(update={"programme": words}))
    found = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert found[0][0] == "=1+1"
    assert b"<f>" not in b"".join(
        zipfile.ZipFile(io.BytesIO(book)).read(n) for n in zipfile.ZipFile(io.BytesIO(book)).namelist()
    )


def test_every_column_and_table_has_a_title():
    words = columns()
    for name in EXAMPLES:
        for table in tables(example(name)):
            assert table.name in words["tables"]
            titles = [words["columns"][column] for column in table.columns]
            assert len(set(titles)) == len(titles), table.name
