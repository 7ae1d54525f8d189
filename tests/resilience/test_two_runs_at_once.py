"""Two runs into one folder: the second is told that the first is going on, and harms nothing."""

import json
import subprocess
import sys

import pytest

from likeforlike.vault import only_run
from support.command import likeforlike


@pytest.fixture
def arguments(twin, tmp_path):
    return ["run", "--lab", "justice", "--register", str(twin.register), "--cohort", str(twin.participants),
            "--out", str(tmp_path / "out")]  # fmt: skip


def test_the_second_is_told(capsys, arguments, tmp_path):
    with only_run(tmp_path / "out" / "vault"):
        said = likeforlike(capsys, *arguments, "--json")
    assert said.code == 2
    assert said.sentence.startswith("Another run is going on in the same folder")
    assert json.loads(said.out) == {"status": "problem", "message": said.sentence, "exit_code": 2}
    assert not (tmp_path / "out" / "release").exists()
    assert likeforlike(capsys, *arguments).code == 0


def test_both_for_real(arguments, tmp_path):
    started = [
        subprocess.Popen([sys.executable, "-m", "likeforlike", *arguments], stderr=subprocess.PIPE, text=True,
                         stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]  # fmt: skip
    ended = [(process.communicate()[1], process.returncode) for process in started]
    assert all(code == 0 or (code == 2 and "Another run is going on" in said) for said, code in ended)
    assert 0 in {code for _, code in ended}
    assert (tmp_path / "out" / "release" / "report.html").is_file()
