"""Opening a register: whose it is, whether it is whole, what may be asked of it."""

import json
import shutil
from dataclasses import replace

import polars as pl
import pytest

from likeforlike.errors import LabProblem, RegisterProblem
from likeforlike.labs import load_lab
from likeforlike.records import build_register, open_register
from support.small_records import small_records

LAB = load_lab("justice")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = tmp_path_factory.mktemp("open")
    return build_register(LAB, small_records(60).write(home / "tables"), home / "register")


@pytest.fixture
def copy(built, tmp_path):
    return shutil.copytree(built.folder, tmp_path / "copy")


def problem(folder, lab=None) -> str:
    with pytest.raises(RegisterProblem) as caught:
        open_register(folder, lab)
    return str(caught.value)


def test_opens_with_and_without_its_lab(built):
    assert open_register(built.folder).sha256 == open_register(str(built.folder), LAB).sha256 == built.sha256


def test_not_a_register(tmp_path):
    assert problem(tmp_path).endswith("is not a register: build one with 'likeforlike register build'.")


def test_another_lab(copy):
    other = LAB.model_copy(update={"head": LAB.head.model_copy(update={"name": "employment"})})
    assert problem(copy, other).startswith(
        "This register was built for the lab 'justice', not for 'employment'"
    )


def test_a_lab_that_changed(copy):
    assert "has changed since" in problem(copy, LAB.model_copy(update={"register_sha256": "0" * 64}))


def test_a_lab_that_is_not_installed(copy):
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps(manifest | {"lab": "mylab"}))
    assert problem(copy) == "This register was built for the lab 'mylab': give that lab's folder."


@pytest.mark.parametrize("file", ["tables/names.parquet", "linkage/names.txt", "linkage/model.json"])
def test_a_file_is_missing_or_cut_off(copy, file):
    path = copy / file
    path.write_bytes(path.read_bytes()[:-1])
    assert problem(copy, LAB) == f"The register 'copy' is damaged ({file}): build it again."
    path.unlink()
    assert f"({file})" in problem(copy, LAB)


def test_a_model_that_was_changed(copy):
    path = copy / "linkage" / "model.json"
    path.write_text(path.read_text().replace("0", "1", 1))
    assert "model.json" in problem(copy, LAB)


@pytest.mark.parametrize("content", ["{", "[]", '{"format": 2}'])
def test_a_manifest_that_cannot_be_read(copy, content):
    (copy / "manifest.json").write_text(content)
    assert "is damaged" in problem(copy, LAB)


def test_a_register_of_another_format(copy):
    (copy / "manifest.json").write_text('{"format": 99}')
    assert "another version of this program" in problem(copy, LAB)


def test_a_damaged_register_can_be_built_again(copy, tmp_path, built):
    (copy / "manifest.json").write_text("{")
    assert build_register(LAB, small_records(60).write(tmp_path / "t"), copy).sha256 == built.sha256


def test_query_takes_frames_and_only_the_parameters_it_names(built):
    chosen = pl.DataFrame({"person_id": ["P000002", "P000001"]})
    sql = "select person_id, $months as months from people join chosen using (person_id) -- all of them\n;"
    answer = built.query(sql, {"months": 12, "settle_months": 6}, chosen=chosen)
    assert answer.rows() == [("P000001", 12), ("P000002", 12)]


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/hostname')",
        "select * from glob('/*')",
        "copy people to 'people.csv'",
        "select 1; drop view people",
        "select * from chosen",
        "select cast(person_id as integer) from people",
    ],
)
def test_query_reaches_nothing_else_and_shows_no_value(built, sql):
    with pytest.raises(LabProblem) as caught:
        built.query(sql)
    assert "P0000" not in str(caught.value)


def test_to_dict_is_json_and_holds_no_person(built):
    text = json.dumps(built.to_dict())
    assert built.sha256 in text
    assert "P0000" not in text


@pytest.mark.parametrize("query", ["events", "outcomes"])
def test_a_query_that_cannot_run_names_the_file_it_was_made_from(built, query):
    bad = "select cast(person_id as integer) as event_id from people"
    lab = LAB.model_copy(update={"sql": LAB.sql.model_copy(update={query: bad})})
    register = replace(built, lab=lab)
    with pytest.raises(LabProblem) as caught:
        register.query(f"with event as ({bad}) select * from event")
    assert str(caught.value) == f"sql/{query}.sql: A query of the lab cannot run: ConversionException."
