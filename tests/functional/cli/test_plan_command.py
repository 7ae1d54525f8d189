"""`likeforlike plan` writes what `run --plan` reads back."""

import json

import pytest

from likeforlike.cli.plan_text import plan_text
from likeforlike.labs import installed_labs, load_lab
from likeforlike.plan import Plan
from likeforlike.read import read_plan
from support.command import likeforlike


@pytest.mark.parametrize("lab", installed_labs())
def test_the_plan_comes_back_with_the_same_hash(capsys, tmp_path, lab):
    path = tmp_path / "plan.toml"
    said = likeforlike(capsys, "plan", "--lab", lab, "--out", path, "--json")
    assert said.code == 0
    own = Plan.of_lab(load_lab(lab))
    assert read_plan(path, load_lab(lab)).sha256 == own.sha256 == json.loads(said.out)["sha256"]


@pytest.mark.parametrize("lab", installed_labs())
def test_what_stands_in_comments_is_right_too(tmp_path, lab):
    definition = load_lab(lab)
    lines = plan_text(Plan.of_lab(definition), definition).splitlines()
    keys = ("# margin", "# checks", "# place", "# [", "# name", "# label", "# where", "# kind", "# column", "# treated",
            "# comparison")  # fmt: skip
    path = tmp_path / "plan.toml"
    path.write_text("\n".join(x.removeprefix("# ") if x.startswith(keys) else x for x in lines))
    found = read_plan(path, definition)
    assert found.margin
    assert found.trial
    assert found.place
    assert found.checks == ("specifications", "negative_control")
    assert [group.kind for group in found.sub_groups] == ["people"]


def test_a_file_that_is_there_is_left_alone(capsys, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text("seed = 5")
    said = likeforlike(capsys, "plan", "--lab", "justice", "--out", path)
    assert (said.code, path.read_text()) == (2, "seed = 5")
    assert "already" in said.sentence
