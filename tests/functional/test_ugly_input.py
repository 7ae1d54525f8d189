"""Ugly input through the commands: one clear sentence, the right exit code, nothing half written, nobody's details."""

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from xlsxwriter import Workbook

from support.cohorts import cohort_file, people, table, workbook
from support.command import Said, likeforlike

CANARY = "Zebedeequux"


def listed(count: int = 70) -> list[dict]:
    return [{**p, "surname": CANARY} for p in people(count)]


def empty(path: Path) -> Path:
    path = path / "list.csv"
    path.write_bytes(b"")
    return path


def protected(path: Path) -> Path:
    plain, locked = cohort_file(path / "plain.xlsx", listed()), path / "list.xlsx"
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("secret", target)
    plain.unlink()
    return locked


def bomb(path: Path) -> Path:
    plain, big = cohort_file(path / "plain.xlsx", listed()), path / "list.xlsx"
    with (
        zipfile.ZipFile(plain) as old,
        zipfile.ZipFile(big, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for member in old.namelist():
            new.writestr(member, old.read(member))
        with new.open("xl/media/padding.bin", "w", force_zip64=True) as padding:
            for _ in range(300):
                padding.write(bytes(1_000_000))
    plain.unlink()
    assert big.stat().st_size < 2_000_000
    return big


def merged(path: Path) -> Path:
    rows = table(listed())
    with Workbook(path / "list.xlsx") as book:
        sheet = book.add_worksheet()
        for r, row in enumerate(rows):
            sheet.write_row(r, 0, ["" if 3 < r < 7 and c == 0 else str(cell) for c, cell in enumerate(row)])
        sheet.merge_range(3, 0, 6, 0, CANARY)
    return path / "list.xlsx"


def mojibake(path: Path) -> Path:
    rows = listed()
    rows[3]["forename"] = "ChloÃ©"
    return cohort_file(path / "list.csv", rows)


def impossible_date(path: Path) -> Path:
    rows = listed()
    rows[3]["date_of_birth"] = "31/02/1990"
    return cohort_file(path / "list.csv", rows)


def formulas(path: Path) -> Path:
    cells = table(listed())
    cells[4][0] = '=CONCATENATE("Jo","rdan")'
    with Workbook(path / "list.xlsx") as book:
        sheet = book.add_worksheet()
        for r, row in enumerate(cells):
            for c, cell in enumerate(row):
                sheet.write_formula(r, c, cell, None, "") if str(cell)[0] == "=" else sheet.write(
                    r, c, str(cell)
                )
    return path / "list.xlsx"


def fifty_nine(path: Path) -> Path:
    return cohort_file(path / "list.csv", listed(59))


def sixty_of_one(path: Path) -> Path:
    return cohort_file(path / "list.xlsx", [listed(1)[0]] * 60)


def not_a_spreadsheet(path: Path) -> Path:
    (path / "list.xlsx").write_bytes(b"%PDF-1.7 " + CANARY.encode())
    return path / "list.xlsx"


def no_headings(path: Path) -> Path:
    return workbook(path / "list.xlsx", {"Sheet1": table(listed())[1:]})


UGLY = [empty, protected, bomb, merged, mojibake, impossible_date, formulas, fifty_nine, sixty_of_one,
        not_a_spreadsheet, no_headings]  # fmt: skip


def nobodys_details(said: Said) -> None:
    assert CANARY not in said.out + said.err
    assert "Traceback" not in said.out + said.err
    assert not re.search(r"\d{2}/\d{2}/\d{4}.*\d{9}[A-Z]", said.out + said.err)


@pytest.mark.parametrize("ugly", UGLY)
def test_an_ugly_list_is_never_run(capsys, twin, tmp_path, ugly):
    out = tmp_path / "out"
    said = likeforlike(capsys, "run", "--lab", "justice", "--register", twin.register, "--cohort", ugly(tmp_path),
                       "--out", out)  # fmt: skip
    assert said.code == 2
    assert said.sentence.startswith("list.")
    assert said.sentence.endswith((".", "do."))
    nobodys_details(said)
    assert not out.exists()


@pytest.mark.parametrize("ugly", UGLY)
def test_checking_it_says_what_to_do(capsys, tmp_path, ugly):
    said = likeforlike(capsys, "check", ugly(tmp_path), "--lab", "justice")
    assert said.code == 2
    assert len((said.out + said.err).strip()) > 40
    nobodys_details(said)


def test_problems_are_written_out_for_the_provider(capsys, tmp_path):
    said = likeforlike(
        capsys,
        "check",
        impossible_date(tmp_path),
        "--lab",
        "justice",
        "--problems",
        tmp_path / "problems.csv",
    )
    assert said.code == 2
    assert "31/02/1990" in (tmp_path / "problems.csv").read_text(encoding="utf-8-sig")


def test_check_as_json_is_for_machines_and_holds_nobody(capsys, tmp_path):
    said = likeforlike(capsys, "check", mojibake(tmp_path), "--lab", "justice", "--json")
    assert json.loads(said.out)
    nobodys_details(said)


@pytest.mark.parametrize("place", ["nothing", "file", "folder"])
def test_what_is_no_register_is_said_so(capsys, twin, tmp_path, place):
    path = tmp_path / place
    if place == "file":
        path.write_text("x")
    if place == "folder":
        path.mkdir()
    said = likeforlike(capsys, "run", "--lab", "justice", "--register", path, "--cohort", twin.participants,
                       "--out", tmp_path / "out")  # fmt: skip
    assert said.code == 2
    assert "register" in said.sentence
    assert not (tmp_path / "out").exists()


def test_a_register_of_another_lab(capsys, twin, tmp_path):
    register = Path(shutil.copytree(twin.register, tmp_path / "register"))
    manifest = json.loads((register / "manifest.json").read_text())
    (register / "manifest.json").write_text(json.dumps({**manifest, "lab": "health"}))
    said = likeforlike(capsys, "run", "--lab", "justice", "--register", register, "--cohort", twin.participants,
                       "--out", tmp_path / "out")  # fmt: skip
    assert said.code == 2
    assert "health" in said.sentence
    assert not (tmp_path / "out").exists()


def test_a_damaged_register(capsys, twin, tmp_path):
    register = Path(shutil.copytree(twin.register, tmp_path / "register"))
    (register / "tables" / "offences.parquet").write_bytes(b"PAR1")
    said = likeforlike(capsys, "run", "--lab", "justice", "--register", register, "--cohort", twin.participants,
                       "--out", tmp_path / "out")  # fmt: skip
    assert (said.code, "damaged" in said.sentence) == (2, True)


@pytest.mark.parametrize("given", ["option", "study file"])
def test_a_file_where_the_results_should_go(capsys, twin, tmp_path, given):
    out = tmp_path / "out"
    out.write_text("mine")
    study = tmp_path / "study.toml"
    study.write_text(
        f"lab = 'justice'\nregister = '{twin.register}'\ncohort = '{twin.participants}'\nout = 'out'\n"
    )
    said = likeforlike(capsys, "run", *(["--out", out] if given == "option" else [study]))
    assert said.code == 2
    assert said.sentence.endswith(".")
    assert "Error" not in said.sentence
    assert out.read_text() == "mine"


def test_unexpected_failures_show_no_data(capsys, twin, tmp_path, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"conversion of '{CANARY}' failed")

    monkeypatch.setattr("likeforlike.pipeline.link", broken)
    said = likeforlike(capsys, "run", "--lab", "justice", "--register", twin.register, "--cohort", twin.participants,
                       "--out", tmp_path / "out")  # fmt: skip
    assert said.code == 1
    assert "RuntimeError" in said.sentence
    nobodys_details(said)
