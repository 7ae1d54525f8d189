"""Whatever lies outside vault and ledger after a run follows from the `Release` alone, byte for byte."""

import json
import os
from pathlib import Path

import pytest

from likeforlike.disclosure.release import Release
from likeforlike.labs import load_lab
from likeforlike.report.write import report_files, write_report
from support.command import likeforlike

LAB = load_lab("justice")


@pytest.mark.parametrize("refused", [False, True], ids=["released", "refused"])
def test_every_file_outside_follows_from_the_release(refused, capsys, twin, tmp_path, monkeypatch):
    here, aside = tmp_path / "here", tmp_path / "aside"
    for folder in (here, aside):
        folder.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("TMPDIR", str(aside))
    monkeypatch.setenv("LIKEFORLIKE_LEDGER", str(here / "ledger"))
    strict = "[matching]\ncaliper = 0.001\nexact = ['sex', 'region']\n"
    (tmp_path / "plan.toml").write_text(f"checks = []\nthresholds = []\n{strict if refused else ''}")
    said = likeforlike(
        capsys, "run", "--lab", "justice", "--register", twin.register, "--cohort", twin.participants,
        "--about", twin.about, "--out", here / "out", "--plan", tmp_path / "plan.toml",
    )  # fmt: skip
    assert said.code == (3 if refused else 0), said.err
    inside = (here / "out" / "vault", here / "ledger")
    left = {
        str(path.relative_to(here)): path.read_bytes()
        for path in here.rglob("*")
        if path.is_file() and not any(path.is_relative_to(folder) for folder in inside)
    }
    told = json.loads(left["out/release/results.json"])
    release = Release.model_validate(
        {k: v for k, v in told.items() if not k.startswith("schema")}, strict=False
    )
    assert left == {f"out/release/{name}": content for name, content in report_files(release, LAB).items()}
    assert os.listdir(aside) == []


@pytest.mark.parametrize("other", [{"status": "released"}, "a page", None])
def test_nothing_else_can_be_written(other, tmp_path):
    with pytest.raises(TypeError, match="Release"):
        write_report(other, LAB, tmp_path / "out")
    assert list(Path(tmp_path).iterdir()) == []
