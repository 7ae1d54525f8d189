"""An interrupted build goes on after its last finished step, to the same register byte for byte."""

import json
import os
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from likeforlike.errors import RegisterProblem
from likeforlike.labs import load_lab
from likeforlike.records import build_register, folder
from likeforlike.records.register import Register
from support.small_records import small_records

LAB = load_lab("justice")
SAID = [
    *(f"Checking the table '{table}'" for table in ("people", "names", "disposals", "offences")),
    "Standardising names",
    "Writing the name records",
    "Counting names",
    "Sorting the blocking keys",
    "Training the linkage model",
]
LAST = {
    1: "the table 'people'",
    2: "the table 'names'",
    3: "the table 'disposals'",
    4: "the table 'offences'",
    5: "the standardised names",
    6: "the standardised names",
    7: "the standardised names",
    8: "the look-up files",
}
"""The last step that is finished when a message of `SAID` is heard."""


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> Path:
    return small_records(300).write(tmp_path_factory.mktemp("goes-on") / "tables")


@pytest.fixture(scope="module")
def whole(tables, tmp_path_factory) -> Register:
    return build_register(LAB, tables, tmp_path_factory.mktemp("whole") / "register")


def interrupted_at(number: int, tables: Path, target: Path, error: BaseException | None = None) -> None:
    def listen(message: str) -> None:
        if SAID[number] in message or message.endswith(SAID[number][1:]):
            raise error or KeyboardInterrupt

    with pytest.raises((KeyboardInterrupt, SystemExit)):
        build_register(LAB, tables, target, progress=listen)


def gone_on(tables: Path, target: Path, **how) -> tuple[Register, list[str]]:
    said: list[str] = []
    return build_register(LAB, tables, target, progress=said.append, **how), said


def assert_same(register: Register, whole: Register) -> None:
    assert register.sha256 == whole.sha256
    for entry in whole.manifest.files:
        assert (register.folder / entry.path).read_bytes() == (whole.folder / entry.path).read_bytes()
    files = sorted(str(p.relative_to(register.folder)) for p in register.folder.rglob("*") if p.is_file())
    assert files == sorted(["manifest.json", *(f.path for f in whole.manifest.files)])


@pytest.mark.parametrize("number", LAST)
def test_after_each_step(number, tables, whole, tmp_path):
    interrupted_at(number, tables, tmp_path / "register")
    assert [p.name for p in tmp_path.iterdir()] == [".register.building"]
    register, said = gone_on(tables, tmp_path / "register")
    first = next(n for n, last in LAST.items() if last == LAST[number])
    rest = [SAID[first][0].lower() + SAID[first][1:], *SAID[first + 1 :]]
    assert said == [f"Going on after {LAST[number]}: {rest[0]}", *rest[1:]]
    assert_same(register, whole)
    assert [p.name for p in tmp_path.iterdir()] == ["register"]


def test_after_the_last_step(tables, whole, tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(folder, "_swap", stop)
    with pytest.raises(KeyboardInterrupt):
        build_register(LAB, tables, tmp_path / "register")
    monkeypatch.undo()
    register, said = gone_on(tables, tmp_path / "register")
    assert said == []
    assert_same(register, whole)


def test_killed_between_the_two_renames_at_the_end(tables, whole, tmp_path, monkeypatch):
    place, previous = tmp_path / "register", tmp_path / ".register.previous"
    build_register(LAB, small_records(60, seed=2).write(tmp_path / "tables"), place)

    def stop(*_):
        place.rename(previous)
        raise KeyboardInterrupt

    monkeypatch.setattr(folder, "_swap", stop)
    with pytest.raises(KeyboardInterrupt):
        build_register(LAB, tables, place)
    monkeypatch.undo()
    register, said = gone_on(tables, place)
    assert said == []
    assert_same(register, whole)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["register", "tables"]


def test_interrupted_at_every_step_in_turn(tables, whole, tmp_path):
    for number in (2, 5, 8):
        interrupted_at(number, tables, tmp_path / "register")
    register, said = gone_on(tables, tmp_path / "register")
    assert said == ["Going on after the look-up files: training the linkage model"]
    assert_same(register, whole)


def test_a_program_that_is_told_to_leave(tables, whole, tmp_path):
    interrupted_at(4, tables, tmp_path / "register", SystemExit(143))
    assert_same(gone_on(tables, tmp_path / "register")[0], whole)


@pytest.mark.parametrize("words", [RuntimeError("Query interrupted"), duckdb.InterruptException("x")])
def test_an_interrupt_that_duckdb_turned_into_an_error(words, tables, whole, tmp_path):
    interrupted_at(4, tables, tmp_path / "register", words)
    register, said = gone_on(tables, tmp_path / "register")
    assert said[0].startswith("Going on")
    assert_same(register, whole)


def test_half_written_files_of_the_step_are_removed(tables, whole, tmp_path):
    interrupted_at(5, tables, tmp_path / "register")
    work = tmp_path / ".register.building"
    (work / "spill").mkdir()
    for name in (
        "spill/a.tmp",
        "register/tables/offences.work",
        "register/linkage/keys.bin",
        "steps.json.unfinished",
    ):
        (work / name).write_bytes(b"half")
    assert_same(gone_on(tables, tmp_path / "register")[0], whole)


def test_only_the_owner_may_open_what_is_left(tables, tmp_path):
    interrupted_at(3, tables, tmp_path / "register")
    work = tmp_path / ".register.building"
    assert work.stat().st_mode & 0o777 == 0o700
    assert "P0000" not in (work / "steps.json").read_text()


def other_rules(tables: Path, work: Path) -> dict[str, object]:
    return {"lab": LAB.model_copy(update={"register_sha256": "0" * 64})}


def other_vintage(tables: Path, work: Path) -> dict[str, object]:
    return {"vintage": date(2024, 7, 31)}


def other_table(tables: Path, work: Path) -> dict[str, object]:
    path = tables / "people.csv"
    path.write_text(path.read_text().replace("P000001", "P900001"))
    return {}


def touched_table(tables: Path, work: Path) -> dict[str, object]:
    os.utime(tables / "people.csv", ns=(1, 1))
    return {}


def other_software(tables: Path, work: Path) -> dict[str, object]:
    content = json.loads((work / "steps.json").read_text())
    content["inputs"]["software"]["duckdb"] = "0.0.1"
    (work / "steps.json").write_text(json.dumps(content))
    return {}


def damaged_steps(tables: Path, work: Path) -> dict[str, object]:
    (work / "steps.json").write_text("{")
    return {}


def file_cut_off(tables: Path, work: Path) -> dict[str, object]:
    path = work / "register" / "tables" / "names.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    return {}


def file_missing(tables: Path, work: Path) -> dict[str, object]:
    (work / "linkage_names.parquet").unlink()
    return {}


@pytest.mark.parametrize(
    "change",
    [
        other_rules,
        other_vintage,
        other_table,
        touched_table,
        other_software,
        damaged_steps,
        file_cut_off,
        file_missing,
    ],
)
def test_anything_else_than_the_same_build_starts_again(change, tables, tmp_path):
    own = shutil.copytree(tables, tmp_path / "tables")
    interrupted_at(8, own, tmp_path / "register")
    how = {"lab": LAB} | change(own, tmp_path / ".register.building")
    lab, said = how.pop("lab"), []
    register = build_register(lab, own, tmp_path / "register", progress=said.append, **how)
    assert said == SAID
    shutil.rmtree(tmp_path / "register")
    assert build_register(lab, own, tmp_path / "register", **how).sha256 == register.sha256


def test_an_input_that_turns_out_wrong_when_going_on_leaves_nothing(tables, tmp_path):
    own = shutil.copytree(tables, tmp_path / "tables")
    (own / "offences.csv").write_text("offence_id\n1\n")
    interrupted_at(3, own, tmp_path / "register")
    with pytest.raises(RegisterProblem):
        build_register(LAB, own, tmp_path / "register")
    assert [p.name for p in tmp_path.iterdir()] == ["tables"]
