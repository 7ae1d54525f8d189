"""A register of the next extract keeps the linkage model of the earlier one, while it still fits."""

import json
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from likeforlike.labs import load_lab
from likeforlike.linkage import comparisons, train
from likeforlike.records import build_register, folder, open_register
from likeforlike.records.register import Register
from support.small_records import SmallRecords, small_records

LAB = load_lab("justice")
FEW = ["Smith", "Jones", "Taylor"]
NEXT = date(2025, 6, 30)
PEOPLE = 400
RECORDS = small_records(PEOPLE)


def with_names(**changes: pl.Expr) -> SmallRecords:
    return RECORDS.with_table("names", RECORDS.tables["names"].with_columns(**changes))


def a_year_later() -> SmallRecords:
    """The same people but for the last twenty."""
    there = pl.col("person_id") < "P000380"
    return SmallRecords({name: table.filter(there) for name, table in RECORDS.tables.items()})


@pytest.fixture(scope="module", autouse=True)
def small_registers_are_trained():
    """As if four hundred people were enough, so that the tests are quick."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(train, "FEWEST_PERSONS", 300)
        yield


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> Register:
    home = tmp_path_factory.mktemp("first")
    return build_register(LAB, RECORDS.write(home / "tables"), home / "register")


@pytest.fixture
def place(first, tmp_path) -> Path:
    return Path(shutil.copytree(first.folder, tmp_path / "register"))


def built(records: SmallRecords, place: Path, vintage: date = NEXT, **how) -> Register:
    how = {"lab": LAB} | how
    tables = records.write(place.parent / "tables", vintage=vintage)
    return build_register(how.pop("lab"), tables, place, **how)


def afresh(records: SmallRecords, tmp_path: Path, **how) -> Register:
    return built(records, tmp_path / "elsewhere" / "register", **how)


@pytest.fixture(scope="module")
def trained_next(tmp_path_factory) -> Register:
    """The next extract where no register was."""
    return built(RECORDS, tmp_path_factory.mktemp("next") / "register")


def test_the_same_extract_again_is_the_same_register(first, place):
    again = built(RECORDS, place, vintage=first.vintage)
    assert again.sha256 == first.sha256
    assert "Linkage model: trained on this extract" in again.summary()


def test_the_same_people_at_a_later_date_keep_the_model(first, place):
    later = built(RECORDS, place)
    assert later.linkage_model == first.linkage_model
    assert (later.manifest.model_from, later.manifest.drift) == (first.vintage, 0.0)
    assert "Linkage model: kept from the extract of 2024-06-30 (drift 0.00 bits)" in later.summary()


def test_a_few_other_people_keep_the_model_with_the_new_number_of_persons(first, place, tmp_path):
    later = built(a_year_later(), place)
    trained = afresh(a_year_later(), tmp_path)
    assert later.manifest.model_from == first.vintage
    assert 0 < later.manifest.drift <= 0.5
    assert later.linkage_model["probability_two_random_records_match"] == 1 / 380
    models = (first.linkage_model, later.linkage_model, trained.linkage_model)
    for before, now, new in zip(*(m["comparisons"] for m in models), strict=True):
        identifier = now["output_column_name"] in LAB.linkage.identifier
        assert now == (new if identifier else before)
        assert (now == new) == identifier


def test_the_origin_of_a_model_is_kept_through_extracts(first, place):
    built(RECORDS, place)
    third = built(a_year_later(), place, vintage=date(2026, 6, 30))
    assert third.manifest.model_from == first.vintage
    again = built(a_year_later(), place, vintage=date(2026, 6, 30))
    assert again.sha256 == third.sha256
    assert open_register(place, LAB).manifest.model_from == first.vintage


@pytest.mark.parametrize(
    "records",
    [
        with_names(surname=pl.lit(pl.Series(FEW * 1_000)).head(RECORDS.tables["names"].height)),
        with_names(date_of_birth=pl.col("date_of_birth").str.replace(r"^\d{4}", "1990")),
        small_records(1_000),
    ],
    ids=["other surnames", "other dates of birth", "twice as many people"],
)
def test_a_register_of_other_people_is_trained_afresh(records, place, tmp_path):
    later = built(records, place)
    assert later.manifest.model_from is None
    assert later.sha256 == afresh(records, tmp_path).sha256


def test_a_register_too_small_to_train_is_not_held_against_another(place, tmp_path, monkeypatch):
    monkeypatch.setattr(train, "FEWEST_PERSONS", 390)
    assert built(a_year_later(), place).manifest.model_from is None


def test_retrain(place, tmp_path):
    later = built(a_year_later(), place, retrain=True)
    assert later.manifest.model_from is None
    assert later.sha256 == afresh(a_year_later(), tmp_path).sha256


def test_other_rules(place, tmp_path):
    lab = LAB.model_copy(update={"register_sha256": "0" * 64})
    later = built(RECORDS, place, lab=lab)
    assert later.manifest.model_from is None
    assert later.sha256 == afresh(RECORDS, tmp_path, lab=lab).sha256


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("manifest.json", '"splink": "', '"splink": "0.'),
        ("manifest.json", '"lab": "justice"', '"lab": "other"'),
        ("manifest.json", '"format": ', '"format": 9'),
        ("linkage/model.json", "0.", "1."),
    ],
    ids=["other Splink", "other lab", "other format", "damaged model"],
)
def test_a_register_whose_model_cannot_serve(file, old, new, place, trained_next):
    path = place / file
    path.write_text(path.read_text().replace(old, new, 1))
    assert built(RECORDS, place).sha256 == trained_next.sha256


def test_comparisons_that_this_software_makes_in_another_way(place, tmp_path, monkeypatch):
    monkeypatch.setattr(comparisons, "CLOSE_NAME", 0.87)
    later = built(RECORDS, place)
    assert later.manifest.model_from is None
    assert later.sha256 == afresh(RECORDS, tmp_path).sha256


def test_an_interrupted_build_looks_at_the_register_that_is_there_when_it_goes_on(place, tmp_path):
    def stop(message: str) -> None:
        if "model" in message:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built(RECORDS, place, progress=stop)
    said: list[str] = []
    tables = tmp_path / "tables"
    later = build_register(LAB, tables, place, progress=said.append)
    assert said == ["Going on after the look-up files: checking whether the linkage model still fits"]
    assert later.manifest.drift == 0.0


def test_the_model_of_another_register_is_not_taken_for_finished(place, tmp_path, monkeypatch):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folder, "_swap", stop)
    with pytest.raises(KeyboardInterrupt):
        built(RECORDS, place)
    monkeypatch.undo()
    said: list[str] = []
    later = build_register(LAB, tmp_path / "tables", place, progress=said.append, retrain=True)
    assert said == ["Going on after the linkage model: training the linkage model"]
    assert later.manifest.model_from is None


def test_the_manifest_says_where_the_model_came_from(place):
    built(RECORDS, place)
    manifest = json.loads((place / "manifest.json").read_text())
    assert (manifest["model_from"], manifest["drift"]) == ("2024-06-30", 0.0)
