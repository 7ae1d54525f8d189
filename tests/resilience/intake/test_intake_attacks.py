"""Files made to exhaust memory or to reach beyond themselves are refused before they are opened."""

import io
import re
import struct
import zipfile
import zlib

import pytest

from likeforlike.errors import InputProblem
from likeforlike.intake import read_cohort
from likeforlike.intake.extent import MAX_CELLS, xlsx_extent
from likeforlike.spreadsheets.columns import column_letters, column_number
from support.cohorts import any_size_lab, people, table, workbook

LAB = any_size_lab()
SHEET = "xl/worksheets/sheet1.xml"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def refusal(path):
    with pytest.raises(InputProblem) as raised:
        read_cohort(path, LAB)
    return str(raised.value)


def repacked(path, change):
    """A workbook with its members changed: `change` takes name and bytes."""
    with zipfile.ZipFile(workbook(path, {"A": table(people(3))})) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, change(name, content))
    return path


def ods(path, body, head=""):
    spaces = " ".join(
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"'
        for p in ("office", "table", "text", "style")
    )
    content = (
        f'<?xml version="1.0"?>{head}<office:document-content {spaces}>'
        '<office:automatic-styles><style:style style:name="off" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return path


def row(*texts, repeat="", style=""):
    cells = "".join(
        f'<table:table-cell office:value-type="string"{style}><text:p>{t}</text:p></table:table-cell>'
        for t in texts
    )
    return f"<table:table-row{repeat}>{cells}</table:table-row>"


def test_a_small_workbook_that_unpacks_to_300_mb(tmp_path):
    padding = b" " * 300_000_000
    file = repacked(tmp_path / "people.xlsx", lambda name, content: padding if name == SHEET else content)
    assert file.stat().st_size < 3_000_000
    assert refusal(file).startswith("people.xlsx unpacks to more than 200 MB")


def test_a_workbook_that_hides_how_large_it_is(tmp_path):
    """Every size the zip declares is small and its checksum fits the first bytes; the content goes on."""
    file = repacked(
        tmp_path / "people.xlsx",
        lambda name, content: content + b" " * 2_000_000 if name == SHEET else content,
    )
    content = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        info = archive.getinfo(SHEET)
        shown = archive.read(SHEET)[:5_000]
    lie = struct.pack("<I", zlib.crc32(shown)), struct.pack("<I", len(shown))
    central = content.index(SHEET.encode(), content.index(b"PK\x01\x02")) - 46
    for place in (info.header_offset + 14, central + 16):
        content[place : place + 4] = lie[0]
        content[place + 8 : place + 12] = lie[1]
    file.write_bytes(content)
    with zipfile.ZipFile(file) as archive:
        assert archive.read(SHEET) == shown
    assert "is damaged" in refusal(file)


def test_too_many_members(tmp_path):
    with zipfile.ZipFile(tmp_path / "people.xlsx", "w") as archive:
        for number in range(2_001):
            archive.writestr(f"xl/{number}.xml", "")
        archive.writestr("xl/workbook.xml", "")
    assert "unpacks to more than" in refusal(tmp_path / "people.xlsx")


@pytest.mark.parametrize("place", ["XFD1048576", "ZZ99999", "AA900000"])
def test_a_cell_far_from_the_list(tmp_path, place):
    """The reader lays a sheet out as a full rectangle, so one cell could take all memory."""
    far = f'<row r="{re.sub("[A-Z]", "", place)}"><c r="{place}"><v>1</v></c></row></sheetData>'.encode()
    file = repacked(tmp_path / "people.xlsx", lambda name, content: content.replace(b"</sheetData>", far))
    assert "has a sheet with cells as far out as row" in refusal(file)


@pytest.mark.parametrize("place", ["Z20000", "AZ9999", "A120000"])
def test_a_cell_within_reach_does_no_harm(tmp_path, place):
    letters, number = re.fullmatch(r"([A-Z]+)(\d+)", place).groups()
    assert column_number(letters) * int(number) <= MAX_CELLS
    far = f'<row r="{number}"><c r="{place}"><v>1</v></c></row></sheetData>'.encode()
    file = repacked(tmp_path / "people.xlsx", lambda name, content: content.replace(b"</sheetData>", far))
    assert read_cohort(file, LAB).people.height in (3, 4)


@pytest.mark.parametrize("text", [b"<c r='XFD1048576'>", b'<c\nr="XFD1048576">', b'<c\tr="XFD1048576">'])
def test_unusual_ways_to_write_a_place(text):
    assert xlsx_extent(text) == (1_048_576, 16_384)


def test_letters_of_columns():
    assert [column_letters(n) for n in (1, 26, 27, 702, 703, 16_384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_number(column_letters(n)) == n for n in range(1, 2_000))


@pytest.mark.parametrize(
    ("repeat", "style"),
    [
        (' table:number-rows-repeated="1000000"', ' table:number-columns-repeated="16000"'),
        (' table:number-rows-repeated="1000000"', ""),
        ("", ' table:number-columns-repeated="2000000000"'),
    ],
)
def test_repeated_cells_of_an_ods(tmp_path, repeat, style):
    body = f'<table:table table:name="A">{row(*"abcdefgh", repeat=repeat, style=style)}</table:table>'
    assert "has a sheet with cells as far out as row" in refusal(ods(tmp_path / "people.ods", body))


def test_repeated_empty_cells_of_an_ods_do_no_harm(tmp_path):
    """LibreOffice fills every sheet to its edge with repeated empty cells."""
    cell = '<table:table-cell table:number-columns-repeated="16384"/>'
    empty = f'<table:table-row table:number-rows-repeated="1048000">{cell}</table:table-row>'
    head, *rows = ([str(cell) for cell in line] for line in table(people(3)))
    filled = "".join(row(*texts) for texts in (head, *rows))
    body = f'<table:table table:name="A">{filled}{empty}</table:table>'
    assert read_cohort(ods(tmp_path / "people.ods", body), LAB).people.height == 3


def test_hidden_sheets_of_an_ods(tmp_path):
    head, *rows = ([str(cell) for cell in line] for line in table(people(3)))
    full = f"{row(*head)}{''.join(row(*r) for r in rows)}</table:table>"
    old = f'<table:table table:name="Old" table:style-name="off">{full}'
    cohort = read_cohort(ods(tmp_path / "people.ods", f'{old}<table:table table:name="New">{full}'), LAB)
    assert cohort.source.sheet == "New"


@pytest.mark.parametrize(
    "definitions",
    [
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    ],
)
def test_definitions_in_xml(tmp_path, definitions):
    file = repacked(
        tmp_path / "people.xlsx",
        lambda name, content: (
            content.replace(b"?>", b"?>" + definitions.encode(), 1) if name == SHEET else content
        ),
    )
    assert "holds XML definitions" in refusal(file)
    assert "holds XML definitions" in refusal(ods(tmp_path / "people.ods", "", head=definitions))


def test_names_of_members_that_lead_elsewhere_are_never_followed(tmp_path):
    file = workbook(tmp_path / "people.xlsx", {"A": table(people(3))})
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("../../outside.xml", "<x/>")
    assert read_cohort(file, LAB).people.height == 3
    assert not (tmp_path.parent.parent / "outside.xml").exists()


def test_a_zip_in_a_zip_is_not_opened(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(50_000_000))
    file = workbook(tmp_path / "people.xlsx", {"A": table(people(3))})
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    assert read_cohort(file, LAB).people.height == 3


@pytest.mark.parametrize("rest", ["\n" * 1_100_000, "x" + "," * 20_000])
def test_a_csv_with_more_rows_or_columns_than_any_spreadsheet(tmp_path, rest):
    (tmp_path / "people.csv").write_text(f"First name,Surname\n{rest}")
    assert refusal(tmp_path / "people.csv").startswith(
        "people.csv has more than 1,048,576 rows or 16,384 columns"
    )


def test_a_csv_with_many_short_rows_under_a_wide_heading_row(tmp_path):
    (tmp_path / "people.csv").write_text("First name,Surname" + "," * 1_000 + "\nJo,Smith" * 10_000)
    assert "has a sheet with cells as far out as row 10,001 and column 1,002" in refusal(
        tmp_path / "people.csv"
    )


def test_headings_that_are_slow_to_compare(tmp_path):
    text = "First name,Surname," + ",".join("(" * 50_000 for _ in range(20))
    (tmp_path / "people.csv").write_text(text + "\nJo,Smith")
    assert "missing_column" in {p.code for p in read_cohort(tmp_path / "people.csv", LAB).problems}
