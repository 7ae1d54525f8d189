"""The writer of OpenDocument spreadsheets."""

import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from likeforlike.spreadsheets.ods import MIMETYPE, OdsSheet, write_ods

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
SHEET = OdsSheet(
    "It's & <all>",
    [["Title"], ["Name", "Born", "Count"], ["=1+1", date(1990, 3, 27), 2], ["a\nb", None, 1.5]],
    heading=1,
    title=0,
)


def member(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def rows(content, place=0):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(place).to_python()


def test_what_is_written_is_read():
    assert rows(write_ods([SHEET], "T")) == [
        ["Title", "", ""],
        ["Name", "Born", "Count"],
        ["=1+1", date(1990, 3, 27), 2.0],
        ["a\nb", "", 1.5],
    ]


def test_several_sheets():
    content = write_ods([SHEET, OdsSheet("B", [["x"]])], "T")
    assert rows(content, 1) == [["x"]]


def test_equal_content_gives_equal_bytes_without_times():
    content = write_ods([SHEET], "T")
    assert content == write_ods([SHEET], "T")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    meta = member(content, "meta.xml")
    assert all(word not in meta for word in ("creator", "date", "generator"))


def test_the_mimetype_comes_first_and_plain():
    with zipfile.ZipFile(io.BytesIO(write_ods([SHEET], "T"))) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert member(write_ods([SHEET], "T"), "mimetype") == MIMETYPE


def test_it_is_marked_up_for_assistive_technology():
    content = write_ods([SHEET], "A & B", language="cy-GB")
    assert "<dc:title>A &amp; B</dc:title><dc:language>cy-GB</dc:language>" in member(content, "meta.xml")
    assert 'fo:language="cy" fo:country="GB"' in member(content, "styles.xml")
    root = ElementTree.fromstring(member(content, "content.xml"))
    (heading,) = root.iter(f"{TABLE}table-header-rows")
    assert [cell.get(f"{TABLE}style-name") for cell in heading.iter(f"{TABLE}table-cell")] == ["heading"] * 3
    (named,) = root.iter(f"{TABLE}database-range")
    assert named.get(f"{TABLE}target-range-address") == "'It''s & <all>'.A2:'It''s & <all>'.C4"
    assert named.get(f"{TABLE}contains-header") == "true"


def test_a_sheet_without_headings_has_no_range():
    content = write_ods([OdsSheet("Notes", [["x"]], heading=None)], "T")
    assert "database-range " not in member(content, "content.xml")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\x00\x0b<&\ufffe"])
def test_text_is_text_and_never_a_formula(text):
    content = write_ods([OdsSheet("A", [[text]])], "T")
    root = ElementTree.fromstring(member(content, "content.xml"))
    (cell,) = root.iter(f"{TABLE}table-cell")
    assert cell.get(f"{OFFICE}value-type") == "string"
    assert cell.get(f"{TABLE}formula") is None
    assert rows(content) == [[text.replace("\x00", "").replace("\x0b", "").replace("\ufffe", "")]]
