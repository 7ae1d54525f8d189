"""The commands for one's own data in the README work as they stand, on tables as a department exports them."""

import shlex
import shutil

import polars as pl
import pytest
from doc_pages import blocks

from support.command import likeforlike

COMMANDS = next(b for b in blocks("README.md", "sh") if "register build" in b).splitlines()


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_the_four_commands(capsys, twin, tmp_path, monkeypatch, suffix):
    tables = tmp_path / "tables"
    tables.mkdir()
    for table in twin.records.glob("*.parquet"):
        frame = pl.read_parquet(table)
        write = frame.write_csv if suffix == "csv" else frame.write_parquet
        write(tables / f"{table.stem}.{suffix}")
    shutil.copy(twin.participants, tmp_path / "people.xlsx")
    monkeypatch.chdir(tmp_path)
    for line in COMMANDS:
        program, *arguments = shlex.split(line)
        said = likeforlike(capsys, *arguments)
        assert (program, said.code) == ("likeforlike", 0), f"{line}: {said.sentence}"
    assert len(COMMANDS) == 4
    assert (tmp_path / "study" / "release" / "report.html").is_file()
