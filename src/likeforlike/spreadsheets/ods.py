"""Writes OpenDocument spreadsheets: plain, accessible tables, the same bytes for the same content.

Each table has a name, marked heading rows and a named range, and the document a title and a language, as the
Analysis Function's guidance on accessible spreadsheets asks for. Text is always written as text, so nothing
in it can act as a formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from likeforlike.spreadsheets.columns import column_letters

OdsCell = str | int | float | date | None
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
BEGINNING = (1980, 1, 1, 0, 0, 0)
PREFIXES = ("office", "table", "text", "style", "number", "meta")
NAMESPACES = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"' for p in PREFIXES)
NAMESPACES += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
NAMESPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

_CELL = '<style:style style:family="table-cell" style:name='
_BOLD = 'fo:font-weight="bold"'
STYLES = "".join(
    (
        '<number:date-style style:name="N1"><number:day number:style="long"/><number:text>/</number:text>',
        '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>',
        '</number:date-style><number:text-style style:name="N2"><number:text-content/></number:text-style>',
        f'{_CELL}"plain"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>',
        "</style:style>",
        f'{_CELL}"date" style:data-style-name="N1"/>',
        f'{_CELL}"text" style:data-style-name="N2"/>',
        f'{_CELL}"heading"><style:table-cell-properties fo:wrap-option="wrap"/>',
        f"<style:text-properties {_BOLD}/></style:style>",
        f'{_CELL}"title"><style:text-properties {_BOLD} fo:font-size="16pt"/></style:style>',
    )
)


@dataclass(frozen=True, slots=True)
class OdsSheet:
    """A sheet: its rows, and how they are to be understood."""

    name: str
    rows: Sequence[Sequence[OdsCell]]
    heading: int | None = 0
    """Position of the heading row of the sheet's table, from 0; the table reaches to the last row."""
    title: int | None = None
    """Position of a row whose first cell is the sheet's title."""
    widths: Sequence[float] = ()
    """Of the columns, in centimetres."""
    formats: Sequence[str] = ()
    """Of the columns, for cells that people fill in: "plain", "date" or "text"."""


def write_ods(sheets: Sequence[OdsSheet], title: str, language: str = "en-GB") -> bytes:
    """Make an ODS.

    Parameters
    ----------
    sheets
        In their order in the document, with unique names.
    title, language
        Of the document.

    Returns
    -------
    bytes
        The file; equal input gives equal bytes, without any time or author in it.
    """
    tag, _, country = language.partition("-")
    locale = f'<style:text-properties fo:language="{tag}" fo:country="{country}"/>'
    default = f'<style:default-style style:family="table-cell">{locale}</style:default-style>'
    about = f"<dc:title>{_text(title)}</dc:title><dc:language>{_text(language)}</dc:language>"
    members = {
        "mimetype": MIMETYPE,
        "content.xml": _content(sheets),
        "styles.xml": f"{HEAD}<office:document-styles {NAMESPACES}><office:styles>{default}</office:styles>"
        "</office:document-styles>",
        "meta.xml": f"{HEAD}<office:document-meta {NAMESPACES}><office:meta>{about}</office:meta>"
        "</office:document-meta>",
    }
    members["META-INF/manifest.xml"] = _manifest([name for name in members if name != "mimetype"])
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in members.items():
            # the standard wants the mimetype first and not compressed, so that programs can tell the kind
            info = zipfile.ZipInfo(name, BEGINNING)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return target.getvalue()


def _content(sheets: Sequence[OdsSheet]) -> str:
    widths = sorted({width for sheet in sheets for width in sheet.widths})
    columns = "".join(
        f'<style:style style:name="{_width(width)}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}cm"/></style:style>'
        for width in widths
    )
    tables = "".join(map(_sheet, sheets))
    ranges = "".join(_range(number, sheet) for number, sheet in enumerate(sheets, 1))
    return (
        f"{HEAD}<office:document-content {NAMESPACES}><office:automatic-styles>{STYLES}{columns}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}"
        f"<table:database-ranges>{ranges}</table:database-ranges>"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def _sheet(sheet: OdsSheet) -> str:
    columns = "".join(_column(sheet, place) for place in range(max(map(len, sheet.rows), default=1) or 1))
    rows = "".join(_row(sheet, number, row) for number, row in enumerate(sheet.rows))
    return f"<table:table table:name={quoteattr(_clean(sheet.name))}>{columns}{rows}</table:table>"


def _column(sheet: OdsSheet, place: int) -> str:
    width = _width(sheet.widths[place]) if place < len(sheet.widths) else ""
    style = sheet.formats[place] if place < len(sheet.formats) else "plain"
    named = _attribute("table:style-name", width)
    return f'<table:table-column{named} table:default-cell-style-name="{style}"/>'


def _row(sheet: OdsSheet, number: int, row: Sequence[OdsCell]) -> str:
    style = "heading" if number == sheet.heading else "title" if number == sheet.title else ""
    cells = "".join(_cell(cell, style) for cell in row) or "<table:table-cell/>"
    written = f"<table:table-row>{cells}</table:table-row>"
    return f"<table:table-header-rows>{written}</table:table-header-rows>" if style == "heading" else written


def _cell(cell: OdsCell, style: str) -> str:
    named = _attribute("table:style-name", style)
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date):
        named = named or ' table:style-name="date"'
        shown = f"{cell.day:02}/{cell.month:02}/{cell.year}"
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        return f"<table:table-cell{named} {kind}><text:p>{shown}</text:p></table:table-cell>"
    if isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell{named} {kind}><text:p>{cell}</text:p></table:table-cell>"
    lines = "".join(f"<text:p>{_text(line)}</text:p>" for line in cell.split("\n"))
    return f'<table:table-cell{named} office:value-type="string">{lines}</table:table-cell>'


def _range(number: int, sheet: OdsSheet) -> str:
    if sheet.heading is None:
        return ""
    quoted = "'" + sheet.name.replace("'", "''") + "'"
    last = f"{column_letters(len(sheet.rows[sheet.heading]))}{len(sheet.rows)}"
    address = quoteattr(_clean(f"{quoted}.A{sheet.heading + 1}:{quoted}.{last}"))
    return (
        f'<table:database-range table:name="Table{number}" table:target-range-address={address} '
        'table:contains-header="true" table:display-filter-buttons="false"/>'
    )


def _manifest(members: Sequence[str]) -> str:
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"'
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in members
    )
    whole = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
    return f"{HEAD}<manifest:manifest {space}>{whole}{entries}</manifest:manifest>"


def _width(width: float) -> str:
    return f"w{width}".replace(".", "_")


def _attribute(name: str, value: str) -> str:
    return f' {name}="{value}"' if value else ""


def _clean(text: str) -> str:
    return NOT_XML.sub("", text)


def _text(text: str) -> str:
    return escape(_clean(text))
