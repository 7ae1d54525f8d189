"""Files that are no list: one clear sentence each, and never a traceback or a person's details."""

import io
import zipfile

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from likeforlike.errors import InputProblem
from likeforlike.intake import read_cohort
from support.cohorts import any_size_lab, people, table, table_file, workbook

LAB = any_size_lab()
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refusal(path):
    with pytest.raises(InputProblem) as raised:
        read_cohort(path, LAB)
    assert raised.value.exit_code == 2
    return str(raised.value)


def zipped(**members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (bytes(1000), "is empty"),
        (b"%PDF-1.7 ...", "is a PDF, not a spreadsheet: save your list as XLSX, ODS or CSV"),
        (b"{\\rtf1 Dear all}", "is a Word document"),
        (b"\x89PNG\r\n\x1a\n...", "is a picture"),
        (b"\xff\xd8\xff\xe0...", "is a picture"),
        (b"\x1f\x8b\x08...", "is a compressed file"),
        (b"<html><table><tr><td>x", "is a web page or XML file"),
        (b"<?xml version='1.0'?><Workbook/>", "is a web page or XML file"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "is not a kind of file we know"),
        (OLD_OFFICE, "is in the old Excel format (XLS) or another old format: open it"),
        (OLD_OFFICE + "WordDocument".encode("utf-16-le"), "is a Word document"),
        (b"PK\x03\x04 and then nothing", "is damaged"),
        (zipped(word__document_xml="<x/>"), "is a text document"),
        (zipped(ppt__presentation_xml="<x/>"), "is a presentation"),
        (zipped(xl__workbook_bin="x"), "is a kind of workbook we cannot read"),
        (zipped(Index__Document_iwa="x"), "is a kind of workbook we cannot read"),
        (zipped(people_csv="First name,Surname"), "is a compressed folder"),
        (
            zipped(mimetype="application/vnd.oasis.opendocument.text", content_xml="<x/>"),
            "is a text document",
        ),
        (zipped(xl__workbook_xml="<workbook/>"), "is damaged"),
        (zipped(xl__workbook_xml="not xml at all"), "is damaged"),
        (b"Dear all,\nplease find the list below.\n", "has no row of headings that we know"),
        (b"First name,Surname,Date of birth,Gender\n", "has headings but no people under them"),
    ],
)
def test_what_is_no_list(tmp_path, content, says):
    (tmp_path / "people.xlsx").write_bytes(content)
    assert refusal(tmp_path / "people.xlsx").startswith(f"people.xlsx {says}")


def test_no_such_file_and_a_folder(tmp_path):
    assert refusal(tmp_path / "people.csv") == "There is no file people.csv: check its name and folder."
    assert refusal(tmp_path).startswith(f"{tmp_path.name} is a folder")


def test_odd_names_of_files(tmp_path):
    assert refusal(tmp_path / ("x" * 300)).endswith("check that you may read it and that it is not in use.")
    assert refusal(tmp_path / "a\x00b").startswith(("a?b cannot be opened", "There is no file a?b"))
    path = tmp_path / "\x1b[31mpeople\u202e.csv"
    path.write_text("")
    assert refusal(path) == "?[31mpeople?.csv is empty: choose the file that holds your list."


def test_a_huge_file_is_not_even_read(tmp_path):
    with (tmp_path / "people.csv").open("wb") as file:
        file.truncate(60_000_000)
    assert refusal(tmp_path / "people.csv").startswith("people.csv is larger than 50 MB")


def test_a_protected_workbook(tmp_path):
    plain = workbook(tmp_path / "plain.xlsx", {"A": table(people(3))})
    with plain.open("rb") as file, (tmp_path / "people.xlsx").open("wb") as out:
        OOXMLFile(file).encrypt("secret", out)
    assert refusal(tmp_path / "people.xlsx") == (
        "people.xlsx is password protected: remove the password, save the file and use it again."
    )


def test_a_protected_ods(tmp_path):
    content = zipped(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        **{"META-INF__manifest_xml": "<m><e><manifest:encryption-data/></e></m>", "content_xml": "\x01\x02"},
    )
    (tmp_path / "people.ods").write_bytes(content)
    assert "password protected" in refusal(tmp_path / "people.ods")


def test_a_protected_zip_member(tmp_path):
    file = workbook(tmp_path / "people.xlsx", {"A": table(people(3))})
    content = bytearray(file.read_bytes())
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    file.write_bytes(content)
    assert "password protected" in refusal(file)


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_file_that_breaks_off(tmp_path, suffix, share):
    file = table_file(tmp_path / f"people.{suffix}", table(people(50)))
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    assert "is damaged" in refusal(file)


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_file_with_a_flipped_bit(tmp_path, suffix):
    file = table_file(tmp_path / f"people.{suffix}", table(people(50)))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0x10
    file.write_bytes(content)
    assert "is damaged" in refusal(file)


def test_an_open_quotation_mark(tmp_path):
    (tmp_path / "people.csv").write_text('First name,Surname\nJo,Smith\nJo,"Canary\nJo,Smith\n')
    message = refusal(tmp_path / "people.csv")
    assert "near row 3" in message
    assert "Canary" not in message


def test_too_many_sheets(tmp_path):
    file = workbook(tmp_path / "people.xlsx", {f"S{i}": [["x"]] for i in range(51)})
    assert "more than 50 sheets" in refusal(file)
