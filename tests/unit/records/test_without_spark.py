"""Spark is an extra: asked for where it is missing, one sentence says what to install."""

import sys

import pytest

import likeforlike as lfl
from likeforlike.errors import RegisterProblem
from support.small_records import VINTAGE, small_records

SENTENCE = r"Spark is not installed: install it with `pip install likeforlike\[spark\]`, or use DuckDB"


@pytest.fixture
def no_spark(monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "pyspark"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyspark", None)


@pytest.mark.usefixtures("no_spark")
def test_opening_a_register(twin):
    with pytest.raises(RegisterProblem, match=SENTENCE):
        lfl.open_register(twin.register, engine="spark")


@pytest.mark.usefixtures("no_spark")
def test_building_one_leaves_nothing(tmp_path):
    source = small_records(20).write(tmp_path / "records", kind="parquet")
    with pytest.raises(RegisterProblem, match=SENTENCE):
        lfl.build_register(
            lfl.load_lab("justice"), source, tmp_path / "register", vintage=VINTAGE, engine="spark"
        )
    assert [path.name for path in tmp_path.iterdir()] == ["records"]
