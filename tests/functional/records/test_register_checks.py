"""Row faults are counted, named and taken out; the rest of the table stays."""

import polars as pl
import pytest

from likeforlike.labs import load_lab
from likeforlike.records import build_register
from support.small_records import small_records


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """A register built from tables with one fault of each kind."""
    home = tmp_path_factory.mktemp("faulty")
    records = small_records(60)
    people, names, disposals, offences = (
        records.tables[t].with_columns(pl.all().cast(pl.String))
        for t in ("people", "names", "disposals", "offences")
    )
    people = _set(people, 0, sex="M")
    people = _set(people, 1, date_of_birth="31/02/1990")
    people = _set(people, 2, date_of_birth="1066-10-14")
    people = pl.concat([people, people[5]])
    names = _set(names, 0, surname="PeÃ±a")
    names = _set(names, 3, person_id="P999999")
    disposals = _set(disposals, 4, kind="hanging")
    disposals = _set(disposals, 6, disposal_date=None)
    disposals = _set(disposals, 7, index_date="2030-01-01")
    for name, table in (
        ("people", people),
        ("names", names),
        ("disposals", disposals),
        ("offences", offences),
    ):
        records = records.with_table(name, table)
    return build_register(load_lab("justice"), records.write(home / "tables"), home / "register"), records


def _set(table: pl.DataFrame, row: int, **values: object) -> pl.DataFrame:
    rows = table.to_dicts()
    rows[row] |= values
    return pl.DataFrame(rows, schema=table.schema)


def found(register) -> dict[tuple[str, str, str], tuple[int, str]]:
    return {(c.table, c.column, c.fault): (c.rows, c.action) for c in register.manifest.checks}


@pytest.mark.parametrize(
    ("place", "count", "action"),
    [
        (("people", "sex", "unknown_code"), 1, "value emptied"),
        (("people", "date_of_birth", "wrong_type"), 1, "value emptied"),
        (("people", "date_of_birth", "too_early"), 1, "value emptied"),
        (("people", "person_id", "duplicate_key"), 1, "row dropped"),
        (("names", "", "garbled_text"), 1, "kept"),
        (("names", "person_id", "broken_reference"), 1, "row dropped"),
        (("disposals", "kind", "unknown_code"), 1, "row dropped"),
        (("disposals", "disposal_date", "missing"), 1, "row dropped"),
        (("disposals", "index_date", "after_extract"), 1, "kept"),
    ],
)
def test_each_fault_is_counted_with_what_was_done(faulty, place, count, action):
    assert found(faulty[0])[place] == (count, action)


def test_offences_of_dropped_disposals_go_with_them(faulty):
    register, records = faulty
    lost = records.tables["offences"].filter(
        pl.col("disposal_id").is_in(records.tables["disposals"]["disposal_id"].gather([4, 6]).to_list())
    )
    assert found(register)["offences", "disposal_id", "broken_reference"] == (lost.height, "row dropped")


def test_emptied_values_are_null_and_their_rows_stay(faulty):
    people = faulty[0].query("select * from people")
    assert people.height == 60
    assert people["sex"].null_count() == 1
    assert people["date_of_birth"].null_count() == 2


def test_the_summary_names_every_fault_and_no_person(faulty):
    register, _ = faulty
    summary = register.summary()
    assert all(check.sentence in summary for check in register.manifest.checks)
    assert "PeÃ±a" not in summary
    assert "P999999" not in summary


def test_the_frame_has_a_row_for_each_check(faulty):
    frame = faulty[0].to_frame()
    assert frame.columns == ["table", "column", "fault", "rows", "action"]
    assert frame.height == len(faulty[0].manifest.checks)
