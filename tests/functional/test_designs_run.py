"""Designs other than people matched one by one, through the command and down to the page."""

import csv
import json

import pytest
from python_calamine import CalamineWorkbook

from support.command import likeforlike

PLAIN = "checks = ['specifications', 'rosenbaum']\nthresholds = []\nmeasures = ['reoffended', 'reoffences']\n"


@pytest.fixture
def listed(twin, tmp_path):
    """The list as CSV, with an arm for everyone in what is read as its reference, one and the other in turn."""
    book = CalamineWorkbook.from_path(str(twin.participants))
    rows = book.get_sheet_by_index(0).to_python()
    start = next(i for i, row in enumerate(rows) if "Family name" in row)
    header, people = rows[start], [row for row in rows[start + 1 :] if any(row)]
    place = header.index("Site")
    arms = [
        [*row[:place], "offered" if i % 2 else "not offered", *row[place + 1 :]]
        for i, row in enumerate(people)
    ]
    with (tmp_path / "arms.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *arms])
    return tmp_path / "arms.csv"


@pytest.fixture
def released(capsys, twin, tmp_path):
    def released(plan: str, cohort=None):
        (tmp_path / "plan.toml").write_text(PLAIN + plan)
        said = likeforlike(
            capsys, "run", "--lab", "justice", "--register", twin.register, "--cohort", cohort or twin.participants,
            "--about", twin.about, "--out", tmp_path / "out", "--plan", tmp_path / "plan.toml",
        )  # fmt: skip
        assert said.code == 0, said.err
        folder = tmp_path / "out" / "release"
        return json.loads((folder / "results.json").read_text()), (folder / "report.html").read_text()

    return released


def test_arms_drawn_by_lot_are_compared_as_they_are(released, listed):
    arms = "[trial]\ncolumn = 'reference'\ntreated = 'offered'\ncomparison = 'not offered'\n"
    told, page = released(arms, listed)
    assert told["match"]["method"] == "trial"
    assert told["measures"][0]["difference"] is not None
    assert "The lot decided who was offered the programme" in page
    assert "similar people" not in page.lower().split("</style>")[1].split("glossary")[0]
    assert not told["overlap"]


def test_whole_places_are_clusters_and_nothing_takes_people_for_independent(released):
    told, page = released("place = 'region'\n")
    assert told["match"]["place"] == "Region"
    assert "people of one place count as one cluster" in page
    methods = {row["method"] for row in told["others"]}
    assert not methods & {"justice_t_test", "risk_ratio", "abadie_imbens"}
    verdicts = {row["check"]: row["verdict"] for row in told["checks"] if row["measure"] == "reoffended"}
    assert verdicts.get("rosenbaum") == "not_applicable"


def test_completers_come_with_their_warning_and_with_everyone_else(released):
    told, page = released(
        "[[sub_groups]]\nname = 'stayed'\nlabel = 'Those who stayed'\n"
        "kind = 'completers'\nwhere = 'age_at_index < 32'\n"
    )
    (part,) = told["sub_analyses"]
    assert part["kind"] == "completers"
    assert "Those who stayed" in page
    if part["status"] == "shown":
        assert part["rest"]
        assert "chose" in page


def test_everyone_is_matched_within_their_region(released):
    told, _ = released("covariates = ['sex', 'age_at_index', 'region']\n[matching]\nexact = ['region']\n")
    assert told["status"] == "released"
