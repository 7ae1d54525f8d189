"""A disk that fails leaves the earlier report as it was, and one clear sentence."""

import errno
from pathlib import Path

import pytest

from likeforlike.errors import InputProblem
from likeforlike.report import write_report
from support.reports import example, example_files, justice


def test_a_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch):
    out = tmp_path / "out"
    write_report(example("lower"), justice(), out)
    write_bytes = Path.write_bytes

    def full(path, content):
        if path.suffix == ".csv":
            raise OSError(errno.ENOSPC, "No space left on device")
        return write_bytes(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputProblem, match=r"no space left on device.*make room"):
        write_report(example("refused"), justice(), out)
    assert (out / "report.html").read_bytes() == example_files("lower")["report.html"]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_is_a_file_is_said(tmp_path):
    (tmp_path / "out").write_text("something else")
    with pytest.raises(InputProblem, match="could not be written"):
        write_report(example("refused"), justice(), tmp_path / "out")
    assert (tmp_path / "out").read_text() == "something else"


def test_the_page_comes_last_so_that_a_page_means_a_whole_report(tmp_path, monkeypatch):
    out = tmp_path / "out"
    write_report(example("lower"), justice(), out)

    def broken(source, target):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("likeforlike.report.files.os.replace", broken)
    with pytest.raises(InputProblem):
        write_report(example("refused"), justice(), out)
    assert not (out / "report.html").exists()
