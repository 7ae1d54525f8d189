"""Every key of a plan is documented, and no other; what the page shows is a plan."""

import tomllib

import pytest
from doc_pages import blocks, table_after, text

from likeforlike.checks import CHECKS
from likeforlike.labs import load_lab
from likeforlike.labs.definition import MatchingDefaults
from likeforlike.plan import Plan, SubGroup, Trial

PAGE = "docs/reference/plan.md"


@pytest.mark.parametrize(
    ("heading", "model"),
    [
        ("# Plan files", Plan),
        ("## `[matching]`", MatchingDefaults),
        ("## `[[sub_groups]]`", SubGroup),
        ("## `[trial]`", Trial),
    ],
)
def test_every_key_is_described(heading, model):
    assert [row[0].strip("`") for row in table_after(PAGE, heading)] == list(model.model_fields)


def test_plans_shown_are_valid():
    lab = load_lab("justice")
    shown = blocks(PAGE, "toml")
    assert shown
    for block in shown:
        Plan.of_lab(lab).changed(tomllib.loads(block), lab)


def test_every_check_is_described():
    page = text("docs/methods/README.md").split("## Checks", 1)[1].split("\n## ", 1)[0]
    assert [check.name for check in CHECKS if f"| `{check.name}` |" not in page] == []
