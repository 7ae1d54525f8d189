"""A plan is written down before its outcomes are opened, and says whether others were opened before."""

import json

import pytest

from likeforlike.errors import InputProblem
from likeforlike.labs import load_lab
from likeforlike.plan import Plan
from likeforlike.vault.plans import SealedPlans

LAB = load_lab("justice")
PLAN = Plan.of_lab(LAB)
OTHER = PLAN.changed({"seed": 2}, LAB)
LIST = "a" * 64


def test_the_first_plan_is_the_first_version_and_stays_it(tmp_path):
    plans = SealedPlans.of_list(tmp_path, LIST)
    assert plans.seal(PLAN) == 1
    plans.opened(PLAN)
    assert plans.seal(PLAN) == 1


def test_a_plan_changed_after_outcomes_were_opened_is_another_version(tmp_path):
    plans = SealedPlans.of_list(tmp_path, LIST)
    plans.seal(PLAN)
    plans.opened(PLAN)
    assert plans.seal(OTHER) == 2
    plans.opened(OTHER)
    assert plans.seal(PLAN) == 1
    assert plans.seal(OTHER) == 2


def test_a_plan_changed_before_that_is_still_the_first(tmp_path):
    plans = SealedPlans.of_list(tmp_path, LIST)
    plans.seal(PLAN)
    assert plans.seal(OTHER) == 1


def test_another_list_has_plans_of_its_own(tmp_path):
    SealedPlans.of_list(tmp_path, LIST).seal(PLAN)
    SealedPlans.of_list(tmp_path, LIST).opened(PLAN)
    assert SealedPlans.of_list(tmp_path, "b" * 64).seal(OTHER) == 1


@pytest.mark.parametrize("damage", ["seed", "text"])
def test_a_sealed_plan_that_was_touched_is_not_believed(tmp_path, damage):
    plans = SealedPlans.of_list(tmp_path, LIST)
    plans.seal(PLAN)
    (file,) = plans.folder.glob("*.json")
    content = json.loads(file.read_text())
    content["plan"]["seed"] = 9
    file.write_text("no plan" if damage == "text" else json.dumps(content))
    with pytest.raises(InputProblem, match="was changed"):
        plans.seal(PLAN)
