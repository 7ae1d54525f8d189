"""Nothing can be in a release without the record of the rule by which it may leave."""

import pytest
from pydantic import ValidationError

from likeforlike.disclosure.release import RULED, Release
from support.reports import example

FULL = example("full")


def test_a_release_with_a_rule_for_everything_can_be_made():
    again = Release.model_validate(FULL.model_dump() | {"rules": _rules()})
    assert again.status == "released"


@pytest.mark.parametrize("target", ["request", *(part for part in RULED if getattr(FULL, part))])
def test_a_part_without_a_rule_is_refused(target):
    with pytest.raises(ValidationError, match=f"No rule was applied to '{target}'"):
        Release.model_validate(FULL.model_dump() | {"rules": _rules(without=target)})


def test_a_measure_and_a_sub_group_without_a_rule_are_refused():
    for target in (FULL.measures[3].statistical_label, f"Sub-group: {FULL.sub_analyses[0].label}"):
        with pytest.raises(ValidationError, match="No rule was applied"):
            Release.model_validate(FULL.model_dump() | {"rules": _rules(without=target)})


def test_there_is_no_room_for_anything_else():
    with pytest.raises(ValidationError, match="Extra inputs"):
        Release.model_validate(FULL.model_dump() | {"rules": _rules(), "people": [1, 2, 3]})


def _rules(without: str = "") -> list[dict[str, str]]:
    targets = ["request", *RULED, *(m.statistical_label for m in FULL.measures)]
    targets += [f"Sub-group: {told.label}" for told in FULL.sub_analyses]
    return [
        {"rule": "r", "target": target, "action": "a", "reason": "w"}
        for target in targets
        if target != without
    ]
