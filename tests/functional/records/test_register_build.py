"""A department's own exports become a register, the same one every time."""

from datetime import date

import polars as pl
import pytest

from likeforlike.labs import load_lab
from likeforlike.records import build_register
from support.small_records import SmallRecords, small_records

LAB = load_lab("justice")
RECORDS = small_records(80)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    home = tmp_path_factory.mktemp("plain")
    return build_register(LAB, RECORDS.write(home / "tables"), home / "register")


def built(tmp_path, records: SmallRecords, **how):
    return build_register(LAB, records.write(tmp_path / "tables", **how), tmp_path / "register")


def test_same_input_same_hash_and_same_bytes(plain, tmp_path):
    again = built(tmp_path, RECORDS)
    assert again.sha256 == plain.sha256
    for entry in plain.manifest.files:
        assert (again.folder / entry.path).read_bytes() == (plain.folder / entry.path).read_bytes()


def test_order_of_rows_and_columns_case_of_headings_and_further_columns_do_not_matter(plain, tmp_path):
    shuffled = RECORDS
    for name, table in RECORDS.tables.items():
        other = table.sample(fraction=1, shuffle=True, seed=3).select(reversed(table.columns))
        other = other.with_columns(extra=pl.lit("x")).rename(str.upper)
        shuffled = shuffled.with_table(name, other)
    assert built(tmp_path, shuffled).sha256 == plain.sha256


def test_days_first_dates_and_words_for_booleans_are_the_same_records(plain, tmp_path):
    tables = {}
    for name, table in RECORDS.tables.items():
        dates = [c for c in table.columns if "date" in c]
        words = [pl.col("breach").replace_strict({1: "Y", 0: "N"})] if "breach" in table.columns else []
        days_first = pl.col(dates).str.to_date().dt.strftime("%d/%m/%Y")
        tables[name] = table.with_columns(days_first, *words)
    assert built(tmp_path, SmallRecords(tables)).sha256 == plain.sha256


def test_parquet_with_real_types_is_the_same_records(plain, tmp_path):
    tables = {
        name: table.with_columns(pl.col([c for c in table.columns if "date" in c]).str.to_date())
        for name, table in RECORDS.tables.items()
    }
    tables["offences"] = tables["offences"].with_columns(pl.col("breach").cast(pl.Boolean))
    assert built(tmp_path, SmallRecords(tables), kind="parquet").sha256 == plain.sha256


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_and_line_ends(plain, tmp_path, separator):
    folder = RECORDS.write(tmp_path / "tables")
    for name, table in RECORDS.tables.items():
        text = table.write_csv(separator=separator, line_terminator="\r\n")
        (folder / f"{name}.csv").write_bytes("\ufeff".encode() + text.encode())
    assert build_register(LAB, folder, tmp_path / "register").sha256 == plain.sha256


def test_tables_are_sorted_by_their_keys_and_typed(plain):
    for table in LAB.records.table:
        stored = pl.read_parquet(plain.folder / "tables" / f"{table.name}.parquet")
        assert stored.equals(stored.sort(table.key))
        assert stored.columns == [c.name for c in table.column]
    assert stored.schema["offence_date"] == pl.Date
    assert stored.schema["breach"] == pl.Boolean


def test_the_given_vintage_goes_before_the_file(tmp_path):
    folder = RECORDS.write(tmp_path / "tables")
    register = build_register(LAB, folder, tmp_path / "register", vintage=date(2024, 7, 31))
    assert register.vintage == date(2024, 7, 31)


def test_an_earlier_register_is_replaced(plain, tmp_path):
    first = built(tmp_path, small_records(60, seed=2))
    second = built(tmp_path, RECORDS)
    assert first.sha256 != second.sha256 == plain.sha256
    assert sorted(p.name for p in tmp_path.iterdir()) == ["register", "tables"]


def test_only_the_owner_may_open_the_folder(plain):
    assert plain.folder.stat().st_mode & 0o777 == 0o700


def test_progress_says_each_step(tmp_path):
    said = []
    build_register(LAB, RECORDS.write(tmp_path / "tables"), tmp_path / "register", progress=said.append)
    assert [s for s in said if "'" in s] == [
        f"Checking the table '{t}'" for t in ("people", "names", "disposals", "offences")
    ]
    assert said[-1] == "Training the linkage model"
