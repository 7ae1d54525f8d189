"""`lab check`: one sentence for each mistake of a folder, with file, key and remedy; the worst are refused outright."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from likeforlike.errors import InputProblem, LabProblem
from likeforlike.followup.foresight import require_hindsight
from likeforlike.kit import check_folder, describe_lab, new_lab
from likeforlike.kit.made_up import VINTAGE, made_up_tables
from likeforlike.kit.tables import InMemory
from likeforlike.labs import load_lab
from likeforlike.labs.read import HERE


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(HERE / "employment", tmp_path / "mylab"))


def change(folder, file, old, new):
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))


@pytest.mark.parametrize("name", ["justice", "employment"])
def test_the_labs_of_the_package_have_no_mistake(name):
    found = check_folder(name)
    assert found.mistakes == ()
    assert "nothing to mend" in found.summary()


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("lab.toml", "minimum = 60", "minimun = 60", ("lab.toml", "cohort.minimun", "spelling")),
        ("wording.toml", '"neet.unit_one" = "percentage point"\n', "", ("wording.toml", "neet.unit_one", "add")),
        ("wording.toml", "answer_lower", "answer_lover", ("wording.toml", "answer_lower", "add")),
        ("covariates.toml", 'name = "weeks_searching"', 'name = "weeks_looking"',
         ("sql/covariates.sql", "weeks_looking", "covariates.toml")),
        ("covariates.toml", 'name = "weeks_searching"\nlabel = "Weeks on an out-of-work benefit in the two years '
         'before"\nkind = "number"', 'name = "weeks_searching"\nlabel = "x"\nkind = "number"\ncolour = "red"',
         ("covariates.toml", "colour", "spelling")),
        ("covariates.toml", 'name = "status"\nlabel = "Situation at the start"\nkind = "category"',
         'name = "status"\nlabel = "Situation at the start"\nkind = "number"', ("covariates.toml", "status", "kind")),
        ("outcomes.toml", 'column = "employed"', 'column = "hired"', ("sql/outcomes.sql", "hired", "add")),
        ("lab.toml", 'start_like = "month"', 'start_like = "week"', ("lab.toml", "start_like", "events.sql")),
        ("lab.toml", "age_at_index < 16", "age < 16", ("lab.toml", "age")),
        ("sql/events.sql", "from people p", "from persons p", ("sql/events.sql", "persons")),
        ("sql/outcomes.sql", "left join passed p using (event_id)", "left join passed p on true",
         ("sql/outcomes.sql", "one row", "joins")),
        ("disclosure.toml", "hide_below = 10", "hide_below = 5", ("disclosure.toml", "hide_below", "at least 10")),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence(folder, file, old, new, words):
    change(folder, file, old, new)
    found = check_folder(folder)
    assert not found.ready
    assert any(all(word in sentence for word in words) for sentence in found.mistakes), found.mistakes


def test_every_mistake_of_the_files_is_told_at_once(folder):
    change(folder, "lab.toml", "minimum = 60", "minimun = 60")
    change(folder, "disclosure.toml", "hide_below = 10", "hide_below = 5")
    (folder / "sql" / "extra.sql").write_text("select 1")
    told = " ".join(check_folder(folder).mistakes)
    assert all(word in told for word in ("minimun", "hide_below", "extra.sql"))


def refused_when_run(folder):
    lab = load_lab(folder)
    engine = InMemory(VINTAGE, made_up_tables(lab))
    events = engine.query(lab.sql.events).unique("person_id", keep="first", maintain_order=True)
    chosen = events.select("event_id", "person_id", index_date=date(2019, 1, 1)).with_columns(treated=True)
    events = engine.query(f"select * from ({lab.sql.events}) where index_date = date '2019-01-01'")
    chosen = events.select("event_id", "person_id", "index_date").with_columns(treated=True)
    require_hindsight(chosen, lab, engine)


def test_covariates_of_the_past_are_not_refused(folder):
    refused_when_run(folder)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # jobs that begin later
        ("where s.start_date < c.index_date\n", "where s.start_date < c.index_date + 200\n"),
        # how long a spell goes on
        (
            "least(coalesce(s.end_date, c.index_date - 1), c.index_date - 1) as last_day",
            "s.end_date as last_day",
        ),
    ],
)
def test_a_covariate_dated_after_the_index_is_refused(folder, old, new):
    change(folder, "sql/covariates.sql", old, new)
    with pytest.raises(LabProblem, match=r"sql/covariates.sql.*after the index date: use only rows"):
        refused_when_run(folder)
    assert "after the index date" in check_folder(folder).mistakes[0]


def test_the_outcome_as_a_covariate_is_refused(folder):
    change(
        folder,
        "sql/covariates.sql",
        "p.region,",
        "(select max(j.weekly_pay) from jobs j where j.person_id = c.person_id and j.start_date > c.index_date)"
        "::varchar as region,",
    )
    with pytest.raises(LabProblem, match="'region' changes with what happens after"):
        refused_when_run(folder)


def test_a_covariate_that_asks_for_the_follow_up_is_refused_on_loading(folder):
    change(folder, "sql/covariates.sql", "p.region,", "($months)::varchar as region,")
    with pytest.raises(LabProblem, match=r"covariates.sql uses '\$months'.*outcome"):
        load_lab(folder)


def test_disclosure_below_the_floor_is_refused_on_loading(folder):
    change(folder, "disclosure.toml", "minimum_analysed = 30", "minimum_analysed = 20")
    with pytest.raises(LabProblem, match=r"disclosure.toml.*minimum_analysed.*at least 30"):
        load_lab(folder)


def test_tables_of_the_department_are_looked_at_too(folder, tmp_path):
    lab = load_lab(folder)
    tables = tmp_path / "tables"
    tables.mkdir()
    for name, frame in made_up_tables(lab).items():
        frame.write_parquet(tables / f"{name}.parquet")
    (tables / "extract.toml").write_text(f"vintage = {VINTAGE}\n")
    assert check_folder(folder, tables).mistakes == ()
    frame = made_up_tables(lab)["claims"]
    frame.drop("benefit").write_parquet(tables / "claims.parquet")
    assert any("claims.parquet has no column 'benefit'" in m for m in check_folder(folder, tables).mistakes)


def test_a_new_lab_passes_its_check(tmp_path):
    folder = new_lab("housing", tmp_path / "housing")
    assert check_folder(folder).mistakes == ()
    assert load_lab(folder).name == "housing"
    with pytest.raises(InputProblem, match="not empty"):
        new_lab("housing", folder)
    with pytest.raises(InputProblem, match="no name"):
        new_lab("My Lab", tmp_path / "other")


def test_the_description_names_everything_that_is_used(folder):
    lab = load_lab(folder)
    text = describe_lab(lab)
    for table in lab.records.table:
        for column in table.column:
            assert f"{table.name}.{column.name}" in text
    for part in (lab.columns.column, lab.covariates.covariate):
        assert all(one.label in text for one in part)
    assert str(lab.disclosure.minimum_analysed) in text
