"""`likeforlike run --plan`: what an analyst asks for is done, or said to be wrong in one sentence before the work."""

import json

import pytest

from support.command import likeforlike

QUICK = "checks = []\nthresholds = []\n"


@pytest.fixture
def run(capsys, twin, tmp_path):
    def run(plan: str | None, *more: str):
        if plan is not None:
            (tmp_path / "plan.toml").write_text(plan)
        return likeforlike(
            capsys, "run", "--lab", "justice", "--register", twin.register, "--cohort", twin.participants,
            "--about", twin.about, "--out", tmp_path / "out", "--plan", tmp_path / "plan.toml", *more,
        )  # fmt: skip

    return run


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (None, "There is no file"),
        ("covariates = ['nope']", "'nope' in its covariates"),
        ("checks = ['nope']", "'nope' in its checks"),
        ("[matching]\ncaliper = inf", "infinite calliper"),
        ("matching = 3", "it must be a table of keys"),
        ("margin = inf", "it must be an ordinary number"),
        ("[[sub_groups]]\nname = 'a'\nlabel = 'A'\nwhere = 'nope = 1'", "'nope' in its condition"),
    ],
)
def test_a_wrong_plan_is_said_before_anything_is_done(run, tmp_path, plan, words):
    said = run(plan)
    assert said.code == 2
    assert words in said.sentence
    assert not (tmp_path / "out").exists()


def test_an_arm_that_the_list_does_not_have(run):
    said = run(QUICK + "[trial]\ncolumn = 'reference'\ntreated = 'offered'\ncomparison = 'not offered'")
    assert said.code == 2
    assert "Nobody on the list has 'offered' in the column 'Your reference'" in said.err


def test_two_years_with_sub_groups_and_another_method(run, tmp_path):
    said = run(
        QUICK
        + "months = 24\nmeasures = ['reoffended', 'reoffences']\n[matching]\nmethod = 'kernel'\ncaliper = 0.2\n"
        + "[[sub_groups]]\nname = 'young'\nlabel = 'Under 30'\nwhere = 'age_at_index < 30'\n"
    )
    assert said.code == 0, said.err
    report = (tmp_path / "out" / "release" / "report.html").read_text()
    assert "within two years" in report
    assert "within a year" not in report
    results = json.loads((tmp_path / "out" / "release" / "results.json").read_text())
    assert results["status"] == "released"


def test_a_follow_up_longer_than_the_records_is_said_before_anything_is_done(run, tmp_path):
    said = run(QUICK + "months = 600")
    assert said.code == 2
    assert "nobody on the list can be followed for 600 months and 6 more: give fewer months" in said.sentence
    assert not (tmp_path / "out").exists()
