"""A whole study on Spark: the same release, and the same results of every stage in the vault, as with DuckDB."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime

import pytest

import likeforlike as lfl
from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.pipeline import plan_study, run_study
from likeforlike.plan import Plan
from likeforlike.study import Programme

pytestmark = pytest.mark.spark

NOW = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def studies(spark, twin, cohort, tmp_path_factory):
    lab, home = lfl.load_lab("justice"), tmp_path_factory.mktemp("studies")
    programme = Programme.model_validate(tomllib.loads(twin.about.read_text()))
    quick = {"checks": ["rosenbaum"], "thresholds": [], "measures": ["reoffended", "reoffences"]}
    done = {}
    for engine in ("duckdb", "spark"):
        register = lfl.open_register(twin.register, lab, engine=engine, threads=2)
        study = plan_study(cohort, register, programme, Plan.of_lab(lab).changed(quick, lab))
        vault = home / engine / "vault"
        ledger = Ledger.at(home / engine / "ledger")
        done[engine] = (run_study(study, cohort, register, vault, ledger=ledger, now=NOW), vault)
    return done


def test_the_releases_are_the_same_bytes(studies):
    (duckdb, _), (spark, _) = studies["duckdb"], studies["spark"]
    assert spark.status == "released"
    assert spark.model_dump_json() == duckdb.model_dump_json()


def test_every_stage_left_the_same_in_the_vault(studies):
    (_, duckdb), (_, spark) = studies["duckdb"], studies["spark"]
    files = sorted(path.relative_to(duckdb) for path in duckdb.rglob("*") if path.is_file())
    assert len(files) > 20
    assert files == sorted(path.relative_to(spark) for path in spark.rglob("*") if path.is_file())
    assert [str(f) for f in files if (duckdb / f).read_bytes() != (spark / f).read_bytes()] == []
