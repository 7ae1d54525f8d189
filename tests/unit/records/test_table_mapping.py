"""A department's own files become a lab's tables: several files, other headings, codes and dates."""

import tomllib

import polars as pl
import pytest

from likeforlike.errors import RegisterProblem
from likeforlike.kit import check_folder, new_lab
from likeforlike.kit.made_up import made_up_tables
from likeforlike.labs import load_lab
from likeforlike.records.mapping import Mapping, map_tables

MAPPING = """
vintage = 2024-12-31

[[table]]
name = "people"
files = ["persons.parquet"]
[table.column]
person_id = "PERSON_NO"
sex = { column = "Gender", codes = { 1 = "male", 2 = "female", 9 = "unknown" } }
date_of_birth = "date_of_birth"
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
files = ["spells_old.csv", "spells_new.parquet"]
[table.column]
spell_id = "spell_id"
person_id = "person_id"
start_date = "start_date"
end_date = "end_date"
"""


@pytest.fixture
def world(tmp_path):
    lab = load_lab(new_lab("housing", tmp_path / "housing"))
    made, export = made_up_tables(lab), tmp_path / "export"
    export.mkdir()
    number = pl.col("sex").replace_strict({"male": "1", "female": "2", "unknown": "9"})
    people = (
        made["people"].with_columns(number.alias("Gender")).rename({"person_id": "PERSON_NO"}).drop("sex")
    )
    people.write_parquet(export / "persons.parquet")
    born = pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.col("date_of_birth").dt.strftime("%d%b%Y"))
    born = born.otherwise(pl.col("date_of_birth").dt.strftime("%Y%m%d")).alias("BORN")
    made["names"].with_columns(born).drop("date_of_birth").write_csv(export / "names.csv")
    made["spells"].head(100).write_csv(export / "spells_old.csv")
    made["spells"].tail(-100).write_parquet(export / "spells_new.parquet")
    return lab, made, tmp_path


def mapping(text=MAPPING):
    return Mapping.model_validate(tomllib.loads(text))


def test_the_tables_are_the_ones_that_the_lab_asks_for(world):
    lab, made, home = world
    rows = map_tables(lab, mapping(), home / "export", home / "tables")
    assert rows == {name: frame.height for name, frame in made.items()}
    people = pl.read_parquet(home / "tables" / "people.parquet")
    assert people["sex"].to_list() == made["people"]["sex"].to_list()
    names = pl.read_parquet(home / "tables" / "names.parquet").sort("name_id")
    born = made["names"].sort("name_id")["date_of_birth"].cast(pl.String)
    assert names["date_of_birth"].to_list() == born.to_list()
    assert names["person_number"].null_count() == names.height
    assert check_folder(home / "housing", home / "tables").mistakes == ()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"PERSON_NO"', '"NUMBER"', "persons.parquet has no column 'NUMBER'"),
        ('spell_id = "spell_id"\n', "", "'spells.spell_id' is needed"),
        ('region = "region"', 'area = "region"', "has no column 'area'"),
        ('name = "names"', 'name = "name"', "table 'names' must be there once"),
        ('"spells_old.csv"', '"spells_2001.csv"', "no file 'spells_2001.csv'"),
    ],
)
def test_what_does_not_fit_is_one_sentence(world, old, new, sentence):
    lab, _, home = world
    with pytest.raises(RegisterProblem, match=sentence):
        map_tables(lab, mapping(MAPPING.replace(old, new, 1)), home / "export", home / "tables")


def test_a_folder_in_use_is_left_alone(world):
    lab, _, home = world
    with pytest.raises(RegisterProblem, match="not empty"):
        map_tables(lab, mapping(), home / "export", home / "export")
