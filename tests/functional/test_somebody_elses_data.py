"""A department's own export and a provider's own spreadsheet go through without code, to the very same release."""

from pathlib import Path

import polars as pl
import pytest
from xlsxwriter import Workbook

from support.command import files_of, likeforlike

HEADINGS = {
    "surname": "Family name", "forename": "First names", "gender": "M/F", "date_of_birth": "D.O.B.",
    "pnc_id": "PNC number", "prison_id": "NOMS no", "postcode": "Post code", "index_date": "Date of release",
    "conviction_date": "Sentence date", "intervention_start": "Started", "intervention_end": "Finish date",
}  # fmt: skip


@pytest.fixture(scope="module")
def exported(twin, tmp_path_factory) -> Path:
    """The tables as CSV: columns turned round, two more of the department's own, days first, semicolons."""
    folder = tmp_path_factory.mktemp("export")
    for source in twin.records.glob("*.parquet"):
        table = pl.read_parquet(source)
        table = table.select(reversed(table.columns)).sample(fraction=1, shuffle=True, seed=3)
        table = table.with_columns(pl.col(pl.Date).dt.strftime("%d/%m/%Y"))
        table = table.with_columns(
            pl.lit("x;y").alias("system_note"), pl.int_range(pl.len()).alias("load_number")
        )
        table.write_csv(folder / f"{source.stem}.csv", separator=";")
    return folder


@pytest.fixture(scope="module")
def spreadsheet(cohort, tmp_path_factory) -> Path:
    """The same people typed by hand: a title, a blank row, other headings in another order, dates as text."""
    people = cohort.people.with_columns(
        pl.col(pl.Date).dt.strftime("%d/%m/%Y"),
        pl.col("gender").replace({"male": "M", "female": "F"}),
    )
    path = tmp_path_factory.mktemp("list") / "our people.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet("2022 cohort")
        sheet.write(0, 0, "People we worked with")
        for c, (column, heading) in enumerate(HEADINGS.items()):
            sheet.write(2, c, heading)
            for r, value in enumerate(people[column]):
                sheet.write(3 + r, c, value)
    return path


def test_the_list_is_ready(capsys, spreadsheet):
    checked = likeforlike(capsys, "check", spreadsheet, "--lab", "justice")
    assert checked.code == 0, checked.out


def test_it_goes_through_to_the_same_release(capsys, twin, exported, spreadsheet, tmp_path):
    built = likeforlike(capsys, "register", "build", "--lab", "justice", "--from", exported, "--to",
                        tmp_path / "register", "--vintage", "2024-06-30")  # fmt: skip
    assert built.code == 0, built.err
    theirs = likeforlike(capsys, "run", "--lab", "justice", "--register", tmp_path / "register", "--cohort",
                         spreadsheet, "--out", tmp_path / "theirs")  # fmt: skip
    assert theirs.code == 0, theirs.err
    ours = likeforlike(capsys, "run", "--lab", "justice", "--register", twin.register, "--cohort",
                       twin.participants, "--out", tmp_path / "ours")  # fmt: skip
    assert ours.code == 0
    without_reference = {"report.html", "tables/measures.csv", "tables/flow.csv", "tables/balance.csv"}
    first, second = files_of(tmp_path / "ours" / "release"), files_of(tmp_path / "theirs" / "release")
    assert set(first) == set(second)
    for name in without_reference - {"report.html", "tables/flow.csv"}:
        assert first[name] == second[name], name


def test_without_a_date_of_extract_it_is_asked_for(capsys, exported, tmp_path):
    said = likeforlike(
        capsys, "register", "build", "--lab", "justice", "--from", exported, "--to", tmp_path / "r"
    )
    assert (said.code, "--vintage" in said.sentence) == (2, True)
    assert not (tmp_path / "r").exists()
