"""What stops a build: one sentence for each, and nothing is left behind."""

import polars as pl
import pytest

from likeforlike.errors import RegisterProblem
from likeforlike.labs import load_lab
from likeforlike.records import build_register
from support.small_records import small_records

LAB = load_lab("justice")
RECORDS = small_records(30)


@pytest.fixture
def folder(tmp_path):
    return RECORDS.write(tmp_path / "tables")


def problem(tmp_path, folder) -> str:
    with pytest.raises(RegisterProblem) as caught:
        build_register(LAB, folder, tmp_path / "register")
    assert [p.name for p in tmp_path.iterdir() if "register" in p.name] == []
    return str(caught.value)


def change(folder, table: str, frame: pl.DataFrame) -> None:
    frame.write_csv(folder / f"{table}.csv")


def test_no_folder(tmp_path):
    assert "There is no folder 'nowhere'" in problem(tmp_path, tmp_path / "nowhere")


def test_no_vintage(tmp_path, folder):
    (folder / "extract.toml").unlink()
    assert problem(tmp_path, folder).startswith("Say the date of the extract: add --vintage")


def test_missing_table(tmp_path, folder):
    (folder / "names.csv").unlink()
    assert "The table 'names' is missing: add names.parquet or names.csv" in problem(tmp_path, folder)


def test_the_same_table_twice(tmp_path, folder):
    RECORDS.tables["names"].write_parquet(folder / "names.parquet")
    assert "The table 'names' is there twice" in problem(tmp_path, folder)


def test_missing_column(tmp_path, folder):
    change(folder, "people", RECORDS.tables["people"].drop("ethnicity"))
    assert "people.csv has no column 'ethnicity'" in problem(tmp_path, folder)


def test_column_twice(tmp_path, folder):
    change(folder, "people", RECORDS.tables["people"].with_columns(SEX=pl.lit("male")))
    assert "people.csv has the column 'sex' twice" in problem(tmp_path, folder)


def test_dates_month_first(tmp_path, folder):
    people = RECORDS.tables["people"]
    change(
        folder, "people", people.with_columns(pl.col("date_of_birth").str.to_date().dt.strftime("%m/%d/%Y"))
    )
    said = problem(tmp_path, folder)
    assert said.startswith("people.csv: most values of the column 'date_of_birth' are not dates")


def test_codes_of_another_kind_throughout(tmp_path, folder):
    change(folder, "people", RECORDS.tables["people"].with_columns(sex=pl.lit("M")))
    assert "are not among its codes (male, female, unknown)" in problem(tmp_path, folder)


def test_empty_file(tmp_path, folder):
    (folder / "people.csv").write_bytes(b"")
    assert problem(tmp_path, folder).startswith("people.csv is empty")


def test_headings_only(tmp_path, folder):
    change(folder, "people", RECORDS.tables["people"].head(0))
    assert problem(tmp_path, folder).startswith("people.csv has no rows")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_another_encoding(tmp_path, folder, encoding):
    text = RECORDS.tables["names"].with_columns(forename=pl.lit("José")).write_csv()
    (folder / "names.csv").write_bytes(text.encode(encoding))
    assert problem(tmp_path, folder) == "names.csv is not UTF-8 text: export it again as CSV in UTF-8."


def test_not_parquet_at_all(tmp_path, folder):
    (folder / "people.csv").rename(folder / "people.parquet")
    assert problem(tmp_path, folder).startswith("people.parquet cannot be read as Parquet")


def test_tables_that_do_not_belong_together(tmp_path, folder):
    change(folder, "names", RECORDS.tables["names"].with_columns(person_id=pl.lit("X") + pl.col("person_id")))
    assert problem(tmp_path, folder) == "No row of names.csv passes the checks of the lab: mend the export."


def test_a_target_that_is_something_else_is_left_alone(tmp_path, folder):
    other = tmp_path / "letters"
    other.mkdir()
    (other / "letter.txt").write_text("Dear all")
    with pytest.raises(RegisterProblem, match="is not a register"):
        build_register(LAB, folder, other)
    assert [p.name for p in other.iterdir()] == ["letter.txt"]


def test_no_sentence_shows_a_person(tmp_path, folder):
    names = RECORDS.tables["names"].with_columns(date_of_birth=pl.col("surname"))
    change(folder, "names", names)
    said = problem(tmp_path, folder)
    assert not any(surname in said for surname in names["surname"])


def test_broken_lines_are_counted(tmp_path, folder):
    with (folder / "offences.csv").open("a") as file:
        file.write("O999999,too,few\n")
    register = build_register(LAB, folder, tmp_path / "register")
    assert [c.sentence for c in register.manifest.checks] == [
        "offences: 1 rows that cannot be read (row dropped)"
    ]
