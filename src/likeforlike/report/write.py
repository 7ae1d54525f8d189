"""Writes a report to a folder: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from likeforlike.disclosure.release import Release
from likeforlike.labs.definition import Lab
from likeforlike.printing import printers
from likeforlike.report.acro import acro_json
from likeforlike.report.crate import crate_json
from likeforlike.report.csvw import metadata_bytes
from likeforlike.report.files import replace_files
from likeforlike.report.formats import FORMATS
from likeforlike.report.pages import Pages, make_pages
from likeforlike.report.results import csv_bytes, results_json
from likeforlike.report.tables import tables
from likeforlike.report.workbook import ods_bytes, xlsx_bytes

READ = {"html": "report", "svg": "report", "summary": "summary", "annex": "annex"}
"""Formats that are pages, or parts of one."""
PRINTED = {"pdf": "report", "summary": "summary", "annex": "annex"}
"""Formats that have a PDF of a page."""
OWNED = tuple(reversed(FORMATS.values()))
"""What a report puts in its folder, in the order it is put in place: the page comes last."""


def write_report(release: Release, lab: Lab, out: Path, *, formats: Collection[str] = tuple(FORMATS)) -> Path:
    """Write the report in every format of `FORMATS`, replacing an earlier report.

    The same release gives the same bytes. Files in `out` that are not a report's are left alone.

    Parameters
    ----------
    release
        What passed disclosure control; a refusal gives a one-page report.
    lab
        The lab whose wording is used.
    out
        The folder; made if it is missing.
    formats
        Names of `FORMATS`; what an earlier report has of others is removed.

    Returns
    -------
    Path
        `report.html`, or the first of what was asked for.

    Raises
    ------
    InputProblem
        The folder cannot be written to.
    LabProblem
        The lab's wording misses a sentence.
    """
    replace_files(report_files(release, lab, formats=formats), out, OWNED)
    return next(out / name for key, name in FORMATS.items() if key in formats)


def report_files(
    release: Release, lab: Lab, *, formats: Collection[str] = tuple(FORMATS)
) -> dict[str, bytes]:
    """Every file of a report by its name within the folder; touches no disk.

    Raises
    ------
    TypeError
        It is no `Release`: nothing else may leave.
    """
    if not isinstance(release, Release):
        raise TypeError("Only a Release may leave the vault.")
    read, printed = ({page for name, page in of.items() if name in formats} for of in (READ, PRINTED))
    with printers(len(printed)) as to_pdf:
        pages = make_pages(release, lab, sorted(read | printed)) if read | printed else Pages({}, ())
        pdfs = to_pdf({name: html for name, html in pages.html.items() if name in printed})
    makers: dict[str, Callable[[], dict[str, bytes]]] = {
        "html": lambda: {FORMATS["html"]: pages.html["report"].encode()},
        "pdf": lambda: {FORMATS["pdf"]: pdfs["report"]},
        "summary": lambda: _beside("summary", pages, pdfs),
        "annex": lambda: _beside("annex", pages, pdfs),
        "json": lambda: {FORMATS["json"]: results_json(release)},
        "acro": lambda: {FORMATS["acro"]: acro_json(release)},
        "xlsx": lambda: {FORMATS["xlsx"]: xlsx_bytes(release)},
        "ods": lambda: {FORMATS["ods"]: ods_bytes(release)},
        "csv": lambda: _csv_files(release),
        "svg": lambda: {f"{FORMATS['svg']}/{each.name}.svg": each.wide.encode() for each in pages.figures},
    }
    files = {
        name: content for key, make in makers.items() if key in formats for name, content in make().items()
    }
    return files | ({FORMATS["crate"]: crate_json(release, files)} if "crate" in formats else {})


def _beside(name: str, pages: Pages, pdfs: Mapping[str, bytes]) -> dict[str, bytes]:
    """A page beside the report, to read and to print; a refusal has no annex."""
    if name not in pages.html:
        return {}
    folder = FORMATS[name]
    return {f"{folder}/{name}.html": pages.html[name].encode(), f"{folder}/{name}.pdf": pdfs[name]}


def _csv_files(release: Release) -> dict[str, bytes]:
    """Each table, and beside it what a machine needs to read it."""
    folder = FORMATS["csv"]
    return {
        name: content
        for table in tables(release)
        for name, content in (
            (f"{folder}/{table.name}.csv", csv_bytes(table)),
            (f"{folder}/{table.name}.csv-metadata.json", metadata_bytes(table, release)),
        )
    }
