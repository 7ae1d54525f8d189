"""`likeforlike calibrate` on a small register, from end to end."""

import json
import shutil

import pytest

from likeforlike.calibration import calibrate as calibration
from likeforlike.calibration import read_certificate
from likeforlike.labs import load_lab
from likeforlike.plan import Plan
from likeforlike.records import open_register
from likeforlike.records.verify import verify_register
from support.command import likeforlike

FEW = ("--size", "40", "--strength", "0.5", "--replications", "2")


def calibrated(capsys, *more):
    return likeforlike(capsys, "calibrate", "--lab", "justice", *FEW, *more)


@pytest.fixture
def own_register(twin, tmp_path):
    return shutil.copytree(twin.register, tmp_path / "register")


def test_it_writes_a_certificate_that_the_register_bears(capsys, own_register):
    before = verify_register(own_register).sha256
    said = calibrated(capsys, "--register", own_register)
    assert said.code == 0, said.sentence
    assert "40 participants, selection 0.5" in said.out
    lab = load_lab("justice")
    found = read_certificate(own_register / "calibration.json", lab, open_register(own_register, lab).sha256)
    assert found.frame["method"].unique().sort().to_list() == ["aipw", "justice_t_test", "primary"]
    assert (found.frame["replications"] + found.frame["refused"]).unique().to_list() == [2]
    assert verify_register(own_register).sha256 == before
    assert not list(own_register.glob(".*"))


def test_the_same_seed_gives_the_same_bytes_also_after_a_stop(capsys, twin, tmp_path, monkeypatch):
    at = ("--register", twin.register, "--strength", "1")
    assert calibrated(capsys, *at, "--out", tmp_path / "whole.json").code == 0
    real, cells = calibration.__globals__["_runs"], []

    def stopped(cell, *rest):
        if cells:
            raise KeyboardInterrupt
        cells.append(cell)
        return real(cell, *rest)

    monkeypatch.setitem(calibration.__globals__, "_runs", stopped)
    assert calibrated(capsys, *at, "--out", tmp_path / "cut.json").code == 130
    assert not (tmp_path / "cut.json").exists()
    made = []
    monkeypatch.setitem(
        calibration.__globals__, "_runs", lambda cell, *rest: made.append(cell) or real(cell, *rest)
    )
    assert calibrated(capsys, *at, "--out", tmp_path / "cut.json").code == 0
    assert [cell.strength for cell in made] == [1.0]
    assert (tmp_path / "cut.json").read_bytes() == (tmp_path / "whole.json").read_bytes()


def test_too_few_people_is_a_sentence(capsys, twin, tmp_path):
    said = likeforlike(
        capsys, "calibrate", "--lab", "justice", "--register", twin.register, "--size", "9000", "--json",
        "--out", tmp_path / "none.json",
    )  # fmt: skip
    assert said.code == 2
    assert "too few for 9,000 participants" in json.loads(said.out)["message"]
    assert not list(tmp_path.iterdir())


def test_the_primary_estimator_alone_says_what_it_says_beside_others(twin):
    lab = load_lab("justice")
    register = open_register(twin.register, lab)

    def tried(**methods):
        found = calibration(
            lab, register, Plan.of_lab(lab), sizes=(40,), strengths=(0.5,), replications=2, **methods
        )
        return found.frame.filter(method="primary")

    alone = tried(methods=("primary",))
    assert alone.height > 0
    assert alone.equals(tried())
