"""A lab with noise on: one rate with its epsilon, nothing else about outcomes, drawn once, and a budget that ends."""

import json
import os
import shutil
from pathlib import Path

import pytest

from likeforlike.labs.read import HERE
from support.command import likeforlike


@pytest.fixture
def noisy_lab(tmp_path):
    folder = tmp_path / "justice"
    shutil.copytree(HERE / "justice", folder)
    profile = folder / "disclosure.toml"
    profile.write_text(profile.read_text() + "\nnoise = 1.0\nnoise_budget = 1.0\n")
    return folder


@pytest.fixture
def run(capsys, twin, tmp_path, noisy_lab):
    def run(out, plan="checks = []\nthresholds = []\n"):
        (tmp_path / f"{out}.toml").write_text(plan)
        return likeforlike(
            capsys, "run", "--lab", noisy_lab, "--register", twin.register, "--cohort", twin.participants,
            "--about", twin.about, "--out", tmp_path / out, "--plan", tmp_path / f"{out}.toml",
        )  # fmt: skip

    return run


def test_one_rate_with_noise_and_nothing_else_about_outcomes(run, tmp_path, capsys, noisy_lab):
    said = run("one")
    assert said.code == 0, said.err
    told = json.loads((tmp_path / "one" / "release" / "results.json").read_text())
    (row,) = told["measures"]
    assert (row["name"], row["epsilon"], row["noise_within"]) == ("reoffended", 1.0, 3)
    for part in ("sub_analyses", "checks", "others", "timing"):
        assert told[part] == []
    assert "epsilon 1)" in (tmp_path / "one" / "release" / "report.html").read_text()
    checked = likeforlike(capsys, "disclose", "check", tmp_path / "one", "--lab", noisy_lab)
    assert checked.code == 0, checked.out


def test_noise_is_drawn_once_and_a_spent_budget_refuses(run, tmp_path):
    assert run("one").code == 0
    assert run("two", "checks = []\nthresholds = []\nmargin = 0.05\n").code == 0
    first, second = (
        json.loads((tmp_path / out / "release" / "results.json").read_text())["measures"][0]
        for out in ("one", "two")
    )
    assert first["treatment"] == second["treatment"]
    entries = (Path(os.environ["LIKEFORLIKE_LEDGER"]) / "entries.jsonl").read_text().splitlines()
    assert sum(json.loads(line)["what"] == "drawn" for line in entries) == 1
    said = run("three", "checks = []\nthresholds = []\nmonths = 24\n")
    assert said.code == 3
    refused = json.loads((tmp_path / "three" / "release" / "results.json").read_text())
    assert (refused["status"], refused["measures"]) == ("refused", [])


def test_noise_goes_with_a_rate(run):
    said = run("one", "headline = ['reoffences']")
    assert said.code == 2
    assert "'reoffences', is none: name a rate of everyone first" in said.sentence
