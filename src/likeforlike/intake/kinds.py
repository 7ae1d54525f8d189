"""What kind of file this is, judged by its content and never by its extension."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from likeforlike.errors import InputProblem

Kind = Literal["csv", "xlsx", "ods"]

ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
SIGNATURES = {
    b"%PDF": "a PDF",
    b"{\\rtf": "a Word document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed folder",
    b"Rar!": "a compressed folder",
}
MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml")
SAVE_AS = "open it in your spreadsheet program, save it as XLSX and use that file"


def kind_of(content: bytes, name: str) -> Kind:
    """Tell a CSV, XLSX or ODS by its first bytes and, for archives, its members.

    Raises
    ------
    InputProblem
        The file is empty, protected, damaged, or something other than a spreadsheet.
    """
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise InputProblem(f"{name} is empty: choose the file that holds your list.")
    if content.startswith(b"PK"):
        return _archive_kind(content, name)
    if content.startswith(COMPOUND):
        raise InputProblem(_compound(content, name))
    for signature, thing in SIGNATURES.items():
        if content.startswith(signature):
            raise not_a_spreadsheet(name, thing)
    if content[:200].lstrip().lower().startswith(MARKUP):
        raise InputProblem(f"{name} is a web page or XML file, not a spreadsheet: {SAVE_AS}.")
    if b"\x00" in content and not _is_utf16(content):
        raise not_a_spreadsheet(name, "not a kind of file we know")
    return "csv"


def not_a_spreadsheet(name: str, thing: str) -> InputProblem:
    """The error for a file that is `thing`."""
    return InputProblem(
        f"{name} is {thing}, not a spreadsheet: save your list as XLSX, ODS or CSV and use that file."
    )


def damaged(name: str) -> InputProblem:
    """The error for a file that breaks off or contradicts itself."""
    return InputProblem(
        f"{name} is damaged and cannot be opened: open it where it was made, save it again as XLSX."
    )


def protected(name: str) -> InputProblem:
    """The error for a file with a password."""
    return InputProblem(f"{name} is password protected: remove the password, save the file and use it again.")


def _archive_kind(content: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {info.filename.replace("\\", "/"): info for info in archive.infolist()}
            if any(info.flag_bits & 1 for info in members.values()):
                raise protected(name)
            if "xl/workbook.xml" in members:
                return "xlsx"
            kind = members.get("mimetype")
            # a mimetype is a line; whatever is longer is not one, and is not worth unpacking
            if kind and kind.file_size < 100 and archive.read(kind).strip() == ODS_TYPE:
                return "ods"
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
        raise damaged(name) from None
    raise _other_archive(set(members), name)


def _other_archive(members: set[str], name: str) -> InputProblem:
    if "xl/workbook.bin" in members or any(m.endswith(".iwa") for m in members):
        return InputProblem(f"{name} is a kind of workbook we cannot read: {SAVE_AS}.")
    if "word/document.xml" in members or "content.xml" in members:
        return not_a_spreadsheet(name, "a text document")
    if any(m.startswith("ppt/") for m in members):
        return not_a_spreadsheet(name, "a presentation")
    return InputProblem(f"{name} is a compressed folder: take the spreadsheet out of it and use that.")


def _compound(content: bytes, name: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return str(protected(name))
    if "WordDocument".encode("utf-16-le") in content:
        return str(not_a_spreadsheet(name, "a Word document"))
    return f"{name} is in the old Excel format (XLS) or another old format: {SAVE_AS}."


def _is_utf16(content: bytes) -> bool:
    return content.startswith(UTF16_MARKS) or 0 in (content[0], content[1])
