"""LibreOffice opens the workbooks and reads in them what they were made with."""

import shutil
import subprocess

import pytest
from python_calamine import CalamineWorkbook

from likeforlike.report.workbook import ods_bytes, xlsx_bytes
from support.reports import example

MAKERS = {"ods": ods_bytes, "xlsx": xlsx_bytes}
OTHER = {"ods": "xlsx", "xlsx": "ods"}


def pages(path):
    book = CalamineWorkbook.from_path(path)
    return {sheet: book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names}


def cut(rows):
    """Without the empty cells that a program may add at the end of a row."""
    return [
        list(row)[: len(list(row)) - next((i for i, c in enumerate(reversed(row)) if c != ""), 0)]
        for row in rows
    ]


@pytest.mark.parametrize("kind", MAKERS)
def test_libreoffice_saves_what_it_opened(kind, tmp_path):
    assert shutil.which("soffice"), "scripts/setup.sh installs LibreOffice, which opens the workbooks"
    made = tmp_path / f"tables.{kind}"
    made.write_bytes(MAKERS[kind](example("full")))
    command = [
        "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
        "--convert-to", OTHER[kind], "--outdir", str(tmp_path / "saved"), str(made),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    ours, theirs = pages(made), pages(tmp_path / "saved" / f"tables.{OTHER[kind]}")
    assert list(theirs) == list(ours)
    for sheet, rows in ours.items():
        assert cut(theirs[sheet])[: len(rows)] == cut(rows), sheet
