"""A run that is killed at any stage goes on where it stopped, and ends with the same bytes."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.command import files_of, studies_in

STAGES = ("linkage", "followup", "matching", "estimates")


@pytest.fixture(scope="module")
def command(twin):
    return [sys.executable, "-m", "likeforlike", "run", "--lab", "justice", "--register", str(twin.register),
            "--cohort", str(twin.participants), "--about", str(twin.about), "--out"]  # fmt: skip


@pytest.fixture(scope="module")
def whole(command, tmp_path_factory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("whole")
    own = os.environ | {"LIKEFORLIKE_LEDGER": str(out / "ledger")}
    subprocess.run([*command, out], check=True, capture_output=True, env=own)
    return files_of(out / "release")


def finished(out: Path, stage: str) -> bool:
    return any((out / "vault").glob(f"*/{stage}/result.json"))


@pytest.mark.parametrize("stage", STAGES)
def test_killed_after_a_stage(command, whole, tmp_path, stage):
    out = tmp_path / "out"
    process = subprocess.Popen([*command, out], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not finished(out, stage):
        time.sleep(0.002)
    process.kill()
    process.wait()
    assert not (out / "release" / "report.html").exists()
    again = subprocess.run([*command, out], check=True, capture_output=True, text=True)
    assert again.stderr.count("finished earlier") >= STAGES.index(stage) + 1
    assert files_of(out / "release") == whole


def test_half_written_stages_of_a_killed_run_are_not_believed(command, whole, tmp_path):
    out = tmp_path / "out"
    subprocess.run([*command, out], check=True, capture_output=True)
    (study,) = studies_in(out)
    for stage in STAGES:
        (study / stage).rename(study / f".{stage}.unfinished")
    shutil.rmtree(os.environ["LIKEFORLIKE_LEDGER"])  # or it would give its old answer
    subprocess.run([*command, out], check=True, capture_output=True)
    assert files_of(out / "release") == whole
    assert not list(study.glob(".*.unfinished"))
