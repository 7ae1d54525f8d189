"""The desk refuses to start with a key, and opens no table of a study in which a row is a person."""

from datetime import UTC, datetime

import polars as pl
import pytest

from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.errors import InputProblem
from likeforlike.intake import read_cohort
from likeforlike.pipeline import plan_study, run_study
from likeforlike.plan import Plan
from likeforlike.study import Programme
from likeforlike_web.desk.read import OF_GROUPS, table
from likeforlike_web.settings.environment import KEYS, read_desk

NOW = datetime(2026, 1, 1, tzinfo=UTC)
GIVEN = {"LIKEFORLIKE_VAULT_FOLDER": "studies", "LIKEFORLIKE_WEB_ADDRESS": "https://lab.example.org/"}
PERSONAL = {"person_id", "participant", "event_id", "record", "reference"}


@pytest.mark.parametrize("name", KEYS)
def test_it_does_not_start_with_a_key(name):
    assert read_desk(GIVEN).website == "https://lab.example.org"
    with pytest.raises(InputProblem, match=f"{name} is set, but the desk must not have keys"):
        read_desk(GIVEN | {name: "somewhere"})


@pytest.fixture(scope="module")
def study(tidy_list, register, tmp_path_factory):
    """A study's folder in the vault of a finished run."""
    home = tmp_path_factory.mktemp("study")
    cohort = read_cohort(tidy_list, register.lab)
    plan = Plan.of_lab(register.lab).changed({"checks": [], "thresholds": []}, register.lab)
    planned = plan_study(cohort, register, Programme(), plan)
    run_study(planned, cohort, register, home, ledger=Ledger.at(home / "ledger"), now=NOW)
    return next(home.glob("*/study.json")).parent


def test_no_table_that_it_opens_is_of_people(study):
    opened = {name: table(study, name) for name in OF_GROUPS}
    assert sum(frame is not None for frame in opened.values()) > 12
    for name, frame in opened.items():
        if frame is not None:
            assert not PERSONAL & set(frame.columns), name


def test_every_table_of_people_is_refused(study):
    of_people = {
        f"{path.parent.name}/{path.stem}"
        for path in study.glob("*/*.parquet")
        if PERSONAL & set(pl.read_parquet_schema(path))
    }
    assert len(of_people) >= 4
    for name in of_people | {"../secret", "linkage/../linkage/frame"}:
        with pytest.raises(KeyError):
            table(study, name)
