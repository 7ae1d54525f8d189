"""A full disk gives one sentence and exit code 2; what was released before stays, and nothing is half written."""

import json
from pathlib import Path

import pytest

from support.command import files_of, likeforlike
from support.limits import no_file_above

LINKAGE, FOLLOWUP, MATCHING, REPORT = 3_000, 30_000, 60_000, 100_000
"""Sizes that a file of this stage, and of no earlier one, is larger than."""


def arguments(twin, out: Path) -> list:
    return ["run", "--lab", "justice", "--register", twin.register, "--cohort", twin.participants,
            "--out", out]  # fmt: skip


def unfinished(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.name.startswith(".")]


@pytest.mark.parametrize("size", [LINKAGE, FOLLOWUP, MATCHING, REPORT])
def test_a_run_on_a_full_disk_goes_on_after_making_room(capsys, twin, tmp_path, size):
    out = tmp_path / "out"
    with no_file_above(size):
        said = likeforlike(capsys, *arguments(twin, out))
    assert said.code == 2
    assert "larger than you may write" in said.sentence or "file too large" in said.sentence
    assert not (out / "release").exists()
    assert unfinished(tmp_path) == []
    again = likeforlike(capsys, *arguments(twin, out))
    assert (again.code, "finished earlier" in again.err) == (0, size > LINKAGE)


def test_a_run_that_cannot_begin_leaves_nothing(capsys, twin, tmp_path):
    with no_file_above(500):
        said = likeforlike(capsys, *arguments(twin, tmp_path / "new" / "out"), "--json")
    assert (said.code, json.loads(said.out)["status"]) == (2, "problem")
    assert list(tmp_path.iterdir()) == []


def test_what_was_released_before_stays(capsys, twin, tmp_path):
    likeforlike(capsys, *arguments(twin, tmp_path / "out"))
    before = files_of(tmp_path / "out" / "release")
    with no_file_above(LINKAGE):
        assert likeforlike(capsys, *arguments(twin, tmp_path / "out"), "--seed", "2").code == 2
    assert files_of(tmp_path / "out" / "release") == before


@pytest.mark.parametrize("size", [1_000, 20_000])
def test_a_twin_on_a_full_disk(capsys, tmp_path, size):
    (tmp_path / "mine").mkdir()
    for out in (tmp_path / "new" / "twin", tmp_path / "mine"):
        with no_file_above(size):
            said = likeforlike(capsys, "synth", "justice", "--people", "2000", "--out", out)
        assert (said.code, "larger than you may write" in said.sentence) == (2, True)
    assert [path.name for path in tmp_path.rglob("*")] == ["mine"]


def test_templates_on_a_full_disk(capsys, tmp_path):
    likeforlike(capsys, "template", "justice", "--out", tmp_path / "old")
    before = files_of(tmp_path / "old")
    sizes = {name: len(content) for name, content in before.items()}
    with no_file_above(sizes["template.csv"]):
        for out in ("old", "new"):
            said = likeforlike(capsys, "template", "justice", "--out", tmp_path / out)
            assert (said.code, "cannot be written" in said.sentence) == (2, True)
    assert files_of(tmp_path / "old") == before
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_templates_where_one_cannot_be_put(capsys, tmp_path):
    """The last of the three is written first to a file of its own, so the others are not there without it."""
    (tmp_path / "template.csv").mkdir()
    said = likeforlike(capsys, "template", "justice", "--out", tmp_path)
    assert (said.code, said.sentence.startswith("template.csv cannot be written")) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["template.csv"]
