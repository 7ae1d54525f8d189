"""A full disk gives one sentence and exit code 2; what was released before stays, and nothing is half written."""

import builtins
import errno
import os
from pathlib import Path

import polars as pl
import pytest

from support.command import files_of, likeforlike


@pytest.fixture
def full(monkeypatch):
    """Every write below a folder fails as it does on a full disk, after the first `room` files."""

    def fill(folder: Path, room: int = 0) -> None:
        begun: list[str] = []
        really_open, really_write = builtins.open, pl.DataFrame.write_parquet

        def check(name: object) -> None:
            if str(name).startswith(str(folder)):
                begun.append(str(name))
                if len(begun) > room:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def opening(file, mode="r", *rest, **options):
            if set(mode) & set("wax+"):
                check(file)
            return really_open(file, mode, *rest, **options)

        def writing(self, file, *rest, **options):
            check(file)
            return really_write(self, file, *rest, **options)

        monkeypatch.setattr(builtins, "open", opening)
        monkeypatch.setattr("io.open", opening)
        monkeypatch.setattr(pl.DataFrame, "write_parquet", writing)

    return fill


def arguments(twin, out: Path) -> list:
    return [
        "run",
        "--lab",
        "justice",
        "--register",
        twin.register,
        "--cohort",
        twin.participants,
        "--out",
        out,
    ]


@pytest.mark.parametrize("room", [0, 1, 4, 9])
def test_a_run_on_a_full_disk(capsys, twin, tmp_path, full, room):
    full(tmp_path / "out", room)
    said = likeforlike(capsys, *arguments(twin, tmp_path / "out"))
    assert said.code == 2
    assert "room" in said.sentence
    assert "\n" not in said.sentence
    assert not (tmp_path / "out" / "release" / "report.html").exists()


def test_after_making_room_the_run_goes_on(capsys, twin, tmp_path, full, monkeypatch):
    with monkeypatch.context():
        full(tmp_path / "out", 6)
        assert likeforlike(capsys, *arguments(twin, tmp_path / "out")).code == 2
    monkeypatch.undo()
    assert likeforlike(capsys, *arguments(twin, tmp_path / "out")).code == 0
    assert likeforlike(capsys, *arguments(twin, tmp_path / "clean")).code == 0
    assert files_of(tmp_path / "out" / "release") == files_of(tmp_path / "clean" / "release")
