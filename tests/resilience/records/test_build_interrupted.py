"""A build that fails leaves nothing, one that is stopped only finished steps; an earlier register stays."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from likeforlike.errors import RegisterProblem
from likeforlike.labs import load_lab
from likeforlike.records import build_register, open_register
from likeforlike.records.folder import building
from support.small_records import small_records

LAB = load_lab("justice")
BUILD = """
import resource, sys
from pathlib import Path
from likeforlike.errors import RegisterProblem
from likeforlike.labs import load_lab
from likeforlike.records import build_register
{limit}
say = lambda message: print(message, flush=True)
try:
    build_register(load_lab("justice"), Path(sys.argv[1]), Path(sys.argv[2]), progress=say)
except RegisterProblem as problem:
    print(problem)
"""
SMALL_FILES = "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))"


def start(tables: Path, target: Path, limit: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", BUILD.format(limit=limit), str(tables), str(target)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def tables(tmp_path):
    return small_records(400).write(tmp_path / "tables")


def interrupt_at(words: str) -> Callable[[str], None]:
    """A listener that interrupts the build when it hears the words."""

    def interrupt(message: str) -> None:
        if words in message:
            raise KeyboardInterrupt

    return interrupt


def left(tmp_path) -> list[str]:
    return sorted(p.name for p in tmp_path.iterdir() if p.name != "tables")


def test_a_full_disk_gives_one_sentence_and_leaves_nothing(tables, tmp_path):
    said, errors = start(tables, tmp_path / "register", SMALL_FILES).communicate(timeout=120)
    assert said.splitlines()[-1].startswith("The disk is full: make room beside 'register'")
    assert errors == ""
    assert left(tmp_path) == []


def test_a_disk_that_fills_up_when_a_build_goes_on_leaves_nothing(tables, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        build_register(LAB, tables, tmp_path / "register", progress=interrupt_at("'offences'"))
    assert left(tmp_path) == [".register.building"]
    said, _ = start(tables, tmp_path / "register", SMALL_FILES).communicate(timeout=120)
    assert said.splitlines()[0].startswith("Going on after the table 'disposals'")
    assert said.splitlines()[-1].startswith("The disk is full")
    assert left(tmp_path) == []


def test_a_wrong_table_leaves_nothing(tables, tmp_path):
    (tables / "offences.csv").write_text("offence_id\n1\n")
    with pytest.raises(RegisterProblem, match=r"offences\.csv"):
        build_register(LAB, tables, tmp_path / "register")
    assert left(tmp_path) == []


def test_a_stop_before_the_first_step_is_finished_leaves_nothing(tables, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        build_register(LAB, tables, tmp_path / "register", progress=interrupt_at("'people'"))
    assert left(tmp_path) == []


def test_a_build_that_is_killed_goes_on(tables, tmp_path):
    build = start(tables, tmp_path / "register")
    while "names" not in build.stdout.readline():
        assert build.poll() is None
    os.kill(build.pid, signal.SIGKILL)
    build.communicate()
    assert left(tmp_path) == [".register.building"]
    said = []
    again = build_register(LAB, tables, tmp_path / "register", progress=said.append)
    assert said[0].startswith("Going on after the table 'people'")
    assert left(tmp_path) == ["register"]
    assert again.sha256 == build_register(LAB, tables, tmp_path / "other").sha256


@pytest.mark.parametrize("ends", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_command_that_is_told_to_stop_goes_on_when_it_is_run_again(tables, tmp_path, ends):
    command = [sys.executable, "-m", "likeforlike", "register", "build", "--lab", "justice"]
    command += ["--from", str(tables), "--to", str(tmp_path / "register")]
    build = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while not (tmp_path / ".register.building" / "steps.json").exists():
        assert build.poll() is None
        time.sleep(0.005)
    build.send_signal(ends)
    _, errors = build.communicate(timeout=60)
    assert build.returncode == 128 + ends
    assert errors.splitlines()[-1].startswith("Stopped.")
    assert left(tmp_path) == [".register.building"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert left(tmp_path) == ["register"]


def test_an_interrupt_leaves_the_earlier_register_as_it_was(tables, tmp_path):
    earlier = build_register(LAB, tables, tmp_path / "register")
    with pytest.raises(KeyboardInterrupt):
        build_register(LAB, tables, tmp_path / "register", progress=interrupt_at("names"))
    assert left(tmp_path) == [".register.building", "register"]
    assert open_register(tmp_path / "register").sha256 == earlier.sha256


def test_a_build_killed_between_its_renames_is_put_right(tables, tmp_path):
    earlier = build_register(LAB, tables, tmp_path / "register")
    (tmp_path / "register").rename(tmp_path / ".register.previous")
    with pytest.raises(ZeroDivisionError), building(tmp_path / "register"):
        raise ZeroDivisionError
    assert left(tmp_path) == ["register"]
    assert open_register(tmp_path / "register").sha256 == earlier.sha256


def test_two_builds_at_once(tables, tmp_path):
    with building(tmp_path / "register") as work:
        with pytest.raises(RegisterProblem, match="Another build of 'register' is running"):
            build_register(LAB, tables, tmp_path / "register")
        assert left(tmp_path) == [".register.building"]
        (work / "register").mkdir()
        (work / "register" / "manifest.json").write_text("{}")


def test_a_place_that_may_not_be_written(tables, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RegisterProblem):
        build_register(LAB, tables, tmp_path / "file" / "register")
