"""A programme registered once: people join, too few are held back, each look has its limit."""

import json

import polars as pl
import pytest

from likeforlike.evidence import read_library
from likeforlike.evidence.looks.again import looked_again
from likeforlike.evidence.looks.declared import Looks
from support.command import files_of, likeforlike

QUICK = "checks = []\nthresholds = []\nmeasures = ['reoffended', 'reoffences']\n"
PLANNED = Looks(of=4, people=200)


@pytest.fixture(scope="module")
def rows(tidy_list):
    return pl.read_csv(tidy_list, infer_schema=False).sample(fraction=1, shuffle=True, seed=2)


@pytest.fixture
def standing(capsys, twin, tmp_path):
    """Runs a verb of `likeforlike standing` on the folder `education`."""
    (tmp_path / "plan.toml").write_text(QUICK)

    def standing(verb, *arguments):
        return likeforlike(capsys, "standing", verb, tmp_path / "education", *arguments)

    said = standing(
        "new", "--lab", "justice", "--looks", "4", "--people", "200", "--plan", tmp_path / "plan.toml", "--about",
        twin.about,
    )  # fmt: skip
    assert said.code == 0, said.err
    assert "4 looks at the most" in said.out
    return standing


def test_people_join_and_the_result_is_looked_at_again(standing, twin, rows, tmp_path, capsys):
    def part(name, start, end):
        rows[start:end].write_csv(tmp_path / f"{name}.csv")
        return tmp_path / f"{name}.csv"

    records = ("--register", twin.register)
    first = standing("add", part("spring", 0, 150), *records)
    assert first.code == 0, first.err
    held = standing("add", part("summer", 140, 180), *records)
    assert held.code == 0
    assert "Held back: 30 people have joined" in held.out
    assert "60 are needed" in held.out
    home = tmp_path / "education"
    assert [p.name for p in (home / "looks").iterdir()] == ["1"]
    assert "30 people wait" in standing("show").out
    assert "Held back" in standing("look", *records).out
    again = standing("add", part("winter", 180, 280), *records, "--json")
    assert again.code == 0, again.err
    told = json.loads(again.out)
    assert [row["look"] for row in told["lineage"]] == [1, 2]
    rising = [row["analysed"] for row in told["lineage"]]
    assert rising[0] < rising[1]
    assert [row["limit"] for row in told["lineage"]] == list(PLANNED.limits(rising))

    result = json.loads((home / "looks" / "2" / "release" / "results.json").read_text())
    lineage = json.loads((home / "lineage.json").read_text())
    assert [each["row"] for each in lineage["looked"]] == result["looks"] == told["lineage"]
    limit = result["looks"][1]["limit"]
    for row in result["measures"]:
        z = row["difference"] * 3.92 / (row["conf_high"] - row["conf_low"])
        assert not row["significant"] or abs(z) > limit - 0.01
    page = (home / "looks" / "2" / "release" / "report.html").read_text()
    assert "This is look 2 of 4 at a list that grows." in page
    assert (home / "looks" / "2" / "release" / "tables" / "looks.csv").is_file()
    pack = likeforlike(capsys, "disclose", "explain", home / "looks" / "2" / "release")
    assert "There is no rule" not in pack.out

    (line,) = read_library(home / "looks", "reoffended").lineages
    assert [r.limit for r in line] == [row["limit"] for row in result["looks"]]
    found = looked_again(line)
    assert [look.limit for look in found.looks] == [row["limit"] for row in result["looks"]]

    personal = [name for name in rows.columns if "PNC" in name or "ostcode" in name]
    people = {cell.encode() for name in personal for cell in rows[name].drop_nulls()}
    assert len(people) > 100
    open_to_all = b"".join(files_of(home / "looks").values()) + (home / "lineage.json").read_bytes()
    assert not [name for name in people if name in open_to_all]
    assert (home / "vault").stat().st_mode & 0o77 == 0


def test_nobody_new_is_refused_and_leaves_nothing(standing, twin, rows, tmp_path):
    rows[:40].write_csv(tmp_path / "few.csv")
    assert "Held back: 40 people" in standing("add", tmp_path / "few.csv", "--register", twin.register).out
    again = standing("add", tmp_path / "few.csv", "--register", twin.register)
    assert (again.code, "Nobody in few.csv is new" in again.sentence) == (2, True)
    assert len(list((tmp_path / "education" / "vault" / "lists").iterdir())) == 1


def test_what_was_declared_cannot_be_changed(standing, twin, tmp_path):
    home = tmp_path / "education"
    twice = standing("new", "--lab", "justice", "--looks", "3", "--people", "90")
    assert (twice.code, "has a standing cohort already" in twice.sentence) == (2, True)
    file = home / "declared.json"
    file.write_text(file.read_text().replace('"of": 4', '"of": 9'))
    said = standing("show")
    assert (said.code, "was changed after it was written" in said.sentence) == (2, True)
    file.write_text("{}")
    assert "is damaged" in standing("show").sentence
    file.unlink()
    assert "There is no standing cohort" in standing("show").sentence
