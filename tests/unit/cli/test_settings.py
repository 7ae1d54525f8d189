"""What a machine may use is checked before anything is done."""

import pytest

from likeforlike.errors import InputProblem
from likeforlike.settings import read_settings
from support.command import likeforlike


@pytest.mark.parametrize(
    ("said", "used"),
    [("2GB", "2GB"), ("3 gb", "3GB"), (" 512MiB ", "512MIB"), ("1.5TB", "1.5TB"), ("100MB", "100MB")],
)
def test_memory_as_people_write_it(said, used):
    assert read_settings({"LIKEFORLIKE_MEMORY": said}).memory == used


@pytest.mark.parametrize("said", ["lots", "", "2", "-1GB", "80%", "1e3MB", "GB", "2 GB more", "9999999TB"])
def test_memory_that_is_no_size(said):
    with pytest.raises(InputProblem, match=r"set it to a number and a unit, like 3GB or 500MB"):
        read_settings({"LIKEFORLIKE_MEMORY": said})


@pytest.mark.parametrize("said", ["5MB", "99MB", "0GB", "1KB"])
def test_too_little_memory(said):
    with pytest.raises(InputProblem, match="too little: set it to 100MB or more"):
        read_settings({"LIKEFORLIKE_MEMORY": said})


@pytest.mark.parametrize("said", ["0", "-1", "many", "1.5", "", "²", "99999999999"])
def test_threads_that_are_no_number(said):
    with pytest.raises(InputProblem, match="LIKEFORLIKE_THREADS is"):
        read_settings({"LIKEFORLIKE_THREADS": said})


@pytest.mark.parametrize("memory", ["lots", "5MB"])
def test_a_run_says_so(capsys, twin, tmp_path, monkeypatch, memory):
    monkeypatch.setenv("LIKEFORLIKE_MEMORY", memory)
    said = likeforlike(capsys, "run", "--lab", "justice", "--register", twin.register, "--cohort",
                       twin.participants, "--out", tmp_path / "out")  # fmt: skip
    assert said.code == 2
    assert said.sentence.startswith(f"LIKEFORLIKE_MEMORY is '{memory}'")


@pytest.mark.parametrize("unit", ["KB", "MB", "GB", "TB", "KIB", "MIB", "GIB", "TIB"])
def test_duckdb_knows_every_unit(unit):
    from likeforlike.records.duckdb import connect

    connect(memory=f"100{unit}").close()


@pytest.mark.parametrize(("said", "used"), [(None, "duckdb"), ("spark", "spark"), (" DuckDB ", "duckdb")])
def test_engines(said, used):
    assert read_settings({} if said is None else {"LIKEFORLIKE_ENGINE": said}).engine == used


def test_no_other_engine():
    with pytest.raises(InputProblem, match="LIKEFORLIKE_ENGINE is 'oracle': set it to duckdb or spark"):
        read_settings({"LIKEFORLIKE_ENGINE": "oracle"})
