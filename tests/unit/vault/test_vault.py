"""Finished stages are kept whole and for their owner only."""

import os
import stat
from dataclasses import dataclass
from datetime import date

import polars as pl
import pytest

from likeforlike.errors import InputProblem
from likeforlike.labs import load_lab
from likeforlike.plan import Plan
from likeforlike.study import Programme, Study
from likeforlike.terms import Flow
from likeforlike.vault import Vault, only_run

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
    assert [p.name for p in vault.folder.iterdir()] == ["study.json"]
    assert vault.keep("stage", Result, lambda: RESULT, lab="l") is RESULT
    assert vault.has("stage")


def test_only_the_owner_can_look_in(tmp_path):
    vault = Vault.of_study(tmp_path / "vault", STUDY, {})
    vault.keep("stage", Result, lambda: RESULT, lab="l")
    for folder in (tmp_path / "vault", vault.folder, vault.folder / "stage"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def kept(root) -> Vault:
    Vault.of_study(root, STUDY, {}).keep("stage", Result, lambda: RESULT, lab="l")
    return Vault.of_study(root, STUDY, {})


def cut_off(path):
    path.write_bytes(path.read_bytes()[:-4])


def one_bit(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGES = {
    "table cut off": lambda stage: cut_off(stage / "frame.parquet"),
    "one bit of a table": lambda stage: one_bit(stage / "frame.parquet"),
    "table gone": lambda stage: (stage / "frame.parquet").unlink(),
    "another table": lambda stage: (stage / "more.parquet").write_bytes(
        (stage / "frame.parquet").read_bytes()
    ),
    "result cut off": lambda stage: cut_off(stage / "result.json"),
    "another figure": lambda stage: edit(stage / "result.json", '"size": 0.1', '"size": 0.2'),
    "not an object": lambda stage: (stage / "result.json").write_text("[]"),
    "empty": lambda stage: (stage / "result.json").write_bytes(b""),
    "of an earlier version": lambda stage: (stage / "result.json").write_text('{"size": 0.1}'),
}


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_stage_is_computed_again_replaced_and_said(tmp_path, caplog, damage):
    vault = kept(tmp_path)
    damage(vault.folder / "stage")
    assert not vault.has("stage")
    assert vault.keep("stage", Result, lambda: RESULT, lab="l") is RESULT
    assert caplog.messages == ["What was kept of the stage 'stage' is damaged, so it is worked out again."]
    again = Vault.of_study(tmp_path, STUDY, {})
    assert again.has("stage")
    assert again.keep("stage", Result, lambda: pytest.fail("computed twice"), lab="l").frame.equals(
        RESULT.frame
    )
    assert sorted(p.name for p in vault.folder.iterdir()) == ["stage", "study.json"]


def test_a_stage_with_other_fields_than_now_is_computed_again(tmp_path, caplog):
    @dataclass(frozen=True)
    class Other:
        colour: str

    assert kept(tmp_path).keep("stage", Other, lambda: Other("red")) == Other("red")
    assert len(caplog.messages) == 1


def test_figures_that_json_does_not_know_come_back(tmp_path):
    vault = Vault.of_study(tmp_path, STUDY, {})
    odd = Result("l", RESULT.frame, RESULT.flow, float("inf"))
    vault.keep("stage", Result, lambda: odd, lab="l")
    again = Vault.of_study(tmp_path, STUDY, {})
    assert again.keep("stage", Result, lambda: RESULT, lab="l").size == float("inf")


def test_a_stage_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    vault = Vault.of_study(tmp_path, STUDY, {})
    done = []
    monkeypatch.setattr(os, "fsync", lambda number: done.append(os.readlink(f"/proc/self/fd/{number}")))
    vault.keep("stage", Result, lambda: RESULT, lab="l")
    unfinished = vault.folder / ".stage.unfinished"
    files = {str(unfinished / name) for name in ("frame.parquet", "result.json")}
    assert (set(done[:2]), done[2:]) == (files, [str(unfinished), str(vault.folder)])


def test_one_run_at_a_time_works_on_a_study(tmp_path):
    first, second = (Vault.of_study(tmp_path, STUDY, {}) for _ in range(2))

    def meanwhile() -> Result:
        with pytest.raises(InputProblem, match="Another run is going on"):
            second.keep("stage", Result, lambda: pytest.fail("computed twice"), lab="l")
        return RESULT

    first.keep("stage", Result, meanwhile, lab="l")
    assert second.has("stage")


def fails(root, *, after_writing: bool) -> None:
    with only_run(root):
        if after_writing:
            (root / "file").touch()
        raise ValueError("this")


def test_a_folder_goes_with_a_run_that_fails_before_it_has_written(tmp_path):
    root = tmp_path / "out" / "vault"
    with pytest.raises(ValueError, match="this"):
        fails(root, after_writing=False)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="this"):
        fails(root, after_writing=True)
    assert (root / "file").exists()


def test_a_folder_is_for_one_run_and_for_its_owner(tmp_path):
    root = tmp_path / "out" / "vault"
    with only_run(root):
        assert stat.S_IMODE(root.stat().st_mode) == 0o700
        with pytest.raises(InputProblem, match="wait for it to end"), only_run(root):
            pytest.fail("two at a time")
    with only_run(root):
        assert root.is_dir()
