"""A certificate on disk: whole, private, and of one lab and one register."""

import json
from datetime import date

import polars as pl
import pytest

from likeforlike.calibration import current_certificate, read_certificate, write_certificate
from likeforlike.calibration.certificate import COLUMNS, Certificate
from likeforlike.calibration.files import FILE, Unfinished
from likeforlike.calibration.placebo import Selection
from likeforlike.errors import InputProblem
from likeforlike.labs import load_lab

LAB = load_lab("justice")
CELL = {
    "size": 60,
    "strength": 0.5,
    "term": "reoffended",
    "method": "primary",
    "replications": 10,
    "refused": 1,
}
FIGURES = {name: 0.25 for name in COLUMNS if name not in CELL}


def certificate():
    frame = pl.DataFrame([CELL | FIGURES, CELL | {"size": 200, "replications": 0}], schema=COLUMNS)
    return Certificate("justice", LAB.sha256, "register", "plan", date(2024, 6, 30), 9_000, frame)


def test_it_comes_back_as_it_was(tmp_path):
    path = tmp_path / "new" / FILE
    write_certificate(certificate(), path)
    found = read_certificate(path, LAB, "register")
    assert found.frame.equals(certificate().frame)
    assert found.to_dict() == certificate().to_dict()
    assert found.summary() == certificate().summary()


def test_it_is_private_and_leaves_nothing_beside_it(tmp_path):
    write_certificate(certificate(), tmp_path / FILE)
    assert [p.name for p in tmp_path.iterdir()] == [FILE]
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_one_that_cannot_be_written_leaves_the_old_one(tmp_path):
    write_certificate(certificate(), tmp_path / FILE)
    before = (tmp_path / FILE).read_bytes()
    broken = certificate()
    with pytest.raises(ValueError, match="JSON"):
        write_certificate(
            Certificate(*[getattr(broken, n) for n in Certificate.__slots__][:5], float("nan"), broken.frame),
            tmp_path / FILE,
        )
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("register", "lab", "said"),
    [("other", LAB, "another register"), ("register", LAB.model_copy(update={"sha256": "x"}), "another lab")],
)
def test_one_of_another_register_or_lab_is_refused_in_a_sentence(tmp_path, register, lab, said):
    write_certificate(certificate(), tmp_path / FILE)
    with pytest.raises(InputProblem, match=said):
        read_certificate(tmp_path / FILE, lab, register)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "cells": 3}', "\x00"])
def test_one_that_cannot_be_read_says_so(tmp_path, content):
    (tmp_path / FILE).write_text(content)
    with pytest.raises(InputProblem, match="certificate that can be read"):
        read_certificate(tmp_path / FILE, LAB, "register")


def test_a_study_takes_a_fresh_one_and_passes_a_stale_one_over_with_a_note(tmp_path, caplog):
    assert current_certificate(tmp_path, LAB, "register") is None
    write_certificate(certificate(), tmp_path / FILE)
    assert current_certificate(tmp_path, LAB, "register") is not None
    assert not caplog.records
    assert current_certificate(tmp_path, LAB, "rebuilt") is None
    assert "not used" in caplog.text


def test_finished_cells_are_not_made_again(tmp_path):
    kept = Unfinished.beside(tmp_path / FILE, seed=1)
    cell = Selection(0.5, 60)
    made = kept(cell, lambda: pl.DataFrame({"a": [1]}))
    assert kept(cell, lambda: pytest.fail("made again")).equals(made)
    others = Unfinished.beside(tmp_path / FILE, seed=2), Selection(1.0, 60)
    assert others[0](cell, lambda: pl.DataFrame({"a": [2]}))["a"].item() == 2
    assert kept(others[1], lambda: pl.DataFrame({"a": [3]}))["a"].item() == 3
    next(kept.folder.glob("*-60-500.parquet")).write_bytes(b"cut off")
    kept.remove()
    assert list(tmp_path.iterdir()) == []


def test_its_file_holds_no_unknown_number(tmp_path):
    write_certificate(certificate(), tmp_path / FILE)
    assert json.loads((tmp_path / FILE).read_text(), parse_constant=pytest.fail)["cells"][1]["bias"] is None
