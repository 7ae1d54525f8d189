"""One byte changed anywhere in a register is found: on opening a small one, and by `register verify` always."""

import json
import shutil

import pytest

from likeforlike.errors import RegisterProblem
from likeforlike.labs import load_lab
from likeforlike.records import build_register, open_register
from likeforlike.records import open as opening
from likeforlike.records.verify import verify_register
from support.command import likeforlike
from support.small_records import small_records

LAB = load_lab("justice")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = tmp_path_factory.mktemp("verify")
    return build_register(LAB, small_records(60).write(home / "tables"), home / "register")


@pytest.fixture
def copy(built, tmp_path):
    return shutil.copytree(built.folder, tmp_path / "copy")


def change_one_byte(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


FILES = [f"tables/{t.name}.parquet" for t in LAB.records.table] + ["linkage/keys.bin", "linkage/names.txt"]


@pytest.mark.parametrize("file", FILES)
def test_one_byte_is_found_on_opening(copy, file):
    change_one_byte(copy / file)
    with pytest.raises(RegisterProblem) as caught:
        open_register(copy)
    assert str(caught.value) == f"The register 'copy' is damaged ({file}): build it again."


def test_a_large_register_is_verified_when_asked(copy, monkeypatch):
    monkeypatch.setattr(opening, "VERIFIED_UP_TO", 1000)
    change_one_byte(copy / "tables" / "offences.parquet")
    open_register(copy)
    with pytest.raises(RegisterProblem, match=r"tables/offences\.parquet"):
        open_register(copy, verify=True)
    change_one_byte(copy / "linkage" / "model.json")
    with pytest.raises(RegisterProblem, match=r"\(linkage/model\.json\)"):
        open_register(copy)


def test_opening_may_go_unverified(copy):
    change_one_byte(copy / "tables" / "offences.parquet")
    assert open_register(copy, verify=False).folder == copy


def test_the_command_reads_everything_whatever_the_size(capsys, built, copy, monkeypatch):
    monkeypatch.setattr(opening, "VERIFIED_UP_TO", 0)
    said = likeforlike(capsys, "register", "verify", "--register", copy)
    assert (said.code, built.sha256 in said.out) == (0, True)
    told = json.loads(likeforlike(capsys, "register", "verify", "--register", copy, "--json").out)
    size = sum(p.stat().st_size for p in copy.rglob("*") if p.is_file() and p.name != "manifest.json")
    assert told == {
        "status": "whole",
        "sha256": built.sha256,
        "files": len(built.manifest.files),
        "bytes": size,
    }
    for file in ("tables/offences.parquet", "linkage/keys.bin"):
        change_one_byte(copy / file)
    said = likeforlike(capsys, "register", "verify", "--register", copy)
    assert said.code == 2
    assert "(tables/offences.parquet, linkage/keys.bin)" in said.sentence


def test_a_run_finds_it(capsys, twin, tmp_path):
    register = shutil.copytree(twin.register, tmp_path / "register")
    change_one_byte(register / "tables" / "offences.parquet")
    said = likeforlike(capsys, "run", "--lab", "justice", "--register", register, "--cohort", twin.participants,
                       "--out", tmp_path / "out")  # fmt: skip
    assert (said.code, "damaged (tables/offences.parquet)" in said.sentence) == (2, True)
    assert not (tmp_path / "out").exists()


def test_how_far_it_is_told(built):
    told = []
    verify_register(built.folder, progress=told.append)
    assert len(told) >= len(built.manifest.files)
    assert all(line.startswith("Verifying the register (") for line in told)
