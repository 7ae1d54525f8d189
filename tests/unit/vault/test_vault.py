"""Finished stages are kept whole and for their owner only."""

import stat
from dataclasses import dataclass
from datetime import date

import polars as pl
import pytest

from likeforlike.labs import load_lab
from likeforlike.study import Plan, Programme, Study
from likeforlike.terms import Flow
from likeforlike.vault import Vault

STUDY = Study(
    lab="justice", lab_version="1", lab_sha256="a", cohort_sha256="b", register_sha256="c",
    vintage=date(2024, 6, 30), programme=Programme(), plan=Plan.of_lab(load_lab("justice")),
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    lab: str
    frame: pl.DataFrame
    flow: Flow
    size: float


RESULT = Result("l", pl.DataFrame({"d": [date(2020, 1, 1), None]}), Flow.start(5).then("k", "why", 3), 0.1)


def test_a_finished_stage_is_not_computed_again(tmp_path):
    vault = Vault.of_study(tmp_path / "vault", STUDY, {})
    first = vault.keep("stage", Result, lambda: RESULT, lab="l")
    again = Vault.of_study(tmp_path / "vault", STUDY, {})
    second = again.keep("stage", Result, lambda: pytest.fail("computed twice"), lab="l")
    assert first.frame.equals(second.frame)
    assert (second.flow, second.size, second.lab) == (RESULT.flow, 0.1, "l")


def test_another_version_of_the_software_starts_afresh(tmp_path):
    old = Vault.of_study(tmp_path, STUDY, {"likeforlike": "1"})
    old.keep("stage", Result, lambda: RESULT, lab="l")
    assert not Vault.of_study(tmp_path, STUDY, {"likeforlike": "2"}).has("stage")


def test_a_stage_that_fails_half_way_leaves_nothing_that_counts_as_finished(tmp_path, monkeypatch):
    vault = Vault.of_study(tmp_path, STUDY, {})

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(pl.DataFrame, "write_parquet", full)
        with pytest.raises(OSError, match="No space"):
            vault.keep("stage", Result, lambda: RESULT, lab="l")
    assert not vault.has("stage")
    assert vault.keep("stage", Result, lambda: RESULT, lab="l") is RESULT
    assert vault.has("stage")


def test_only_the_owner_can_look_in(tmp_path):
    vault = Vault.of_study(tmp_path / "vault", STUDY, {})
    vault.keep("stage", Result, lambda: RESULT, lab="l")
    for folder in (tmp_path / "vault", vault.folder, vault.folder / "stage"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
