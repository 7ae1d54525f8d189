"""A23: a provider who would choose the comparison group, or the outcomes, by what is on the list."""

import json

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from support.command import likeforlike, studies_in

QUICK = "checks = []\nthresholds = []\nmeasures = ['reoffended']\n"


@pytest.fixture(scope="module")
def rows(twin):
    head, *people = CalamineWorkbook.from_path(twin.participants).get_sheet_by_index(0).to_python()
    return pl.DataFrame([[str(cell) for cell in row] for row in people], schema=head, orient="row")


@pytest.fixture
def run(capsys, twin, tmp_path):
    def run(rows, name):
        rows.write_csv(tmp_path / f"{name}.csv")
        (tmp_path / "plan.toml").write_text(QUICK)
        said = likeforlike(
            capsys, "run", "--lab", "justice", "--register", twin.register, "--cohort", tmp_path / f"{name}.csv",
            "--about", twin.about, "--out", tmp_path / name, "--plan", tmp_path / "plan.toml",
        )  # fmt: skip
        assert said.code == 0, said.err
        (study,) = studies_in(tmp_path / name)
        return study, json.loads((tmp_path / name / "release" / "results.json").read_text())

    return run


def test_columns_that_say_what_happened_change_nothing(run, rows, reports):
    """A list with outcomes, weights and roles of its own is the same list."""
    (_, plain) = run(rows, "plain")
    poisoned = rows.with_columns(
        pl.lit("no").alias("reoffended"), pl.lit("comparison").alias("group"), pl.lit("100").alias("weight")
    )
    (_, other) = run(poisoned, "poisoned")
    assert plain["measures"] == other["measures"]
    assert plain["balance"] == other["balance"]
    reports("A23 outcomes and weights on the list", "believed", "the same figures, to the digit")


def test_nobody_on_the_list_is_compared_with(run, rows):
    study, _ = run(rows, "plain")
    frame = pl.read_parquet(study / "followup" / "frame.parquet")
    treated, others = (set(frame.filter(treated=side)["person_id"]) for side in (True, False))
    assert treated
    assert others
    assert not treated & others
