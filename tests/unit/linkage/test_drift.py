"""How far chance agreement has moved: in bits, over the levels that enough pairs show."""

import math
from typing import Any

import pytest

from likeforlike.linkage.drift import SEEN, drift

PAIRS = {"surname": 1e6, "prison_id": 1e6}


def model(*chances: float, identifier: float = 1e-6) -> dict[str, Any]:
    null = {"is_null_level": True, "sql_condition": "null"}
    levels = [null, *({"u_probability": u} for u in (*chances, 1 - sum(chances)))]
    fixed = [null, *({"u_probability": u, "fix_u_probability": True} for u in (identifier, 1 - identifier))]
    return {
        "comparisons": [
            {"output_column_name": "surname", "comparison_levels": levels},
            {"output_column_name": "prison_id", "comparison_levels": fixed},
        ]
    }


def test_the_same_model_has_not_drifted():
    assert drift(model(0.01, 0.02), model(0.01, 0.02), PAIRS) == 0


@pytest.mark.parametrize(("before", "after"), [(0.01, 0.02), (0.02, 0.01)])
def test_twice_or_half_is_a_bit(before, after):
    assert drift(model(before), model(after), PAIRS) == pytest.approx(1, abs=0.02)


def test_the_greatest_change_of_any_level_counts():
    assert drift(model(0.01, 0.02), model(0.01, 0.03), PAIRS) == pytest.approx(math.log2(1.5), abs=0.001)


def test_levels_that_few_pairs_show_are_left_to_chance():
    rare = (SEEN - 1) / 1e6
    assert drift(model(rare / 4), model(rare), PAIRS) <= 0.001
    assert drift(model(rare / 4), model(rare), {"surname": 2e6}) == pytest.approx(2, abs=0.001)


def test_a_level_that_was_rare_and_is_common_counts():
    assert drift(model(1e-6), model(1e-3), PAIRS) == pytest.approx(math.log2(1e3), abs=0.001)


def test_identifiers_follow_from_the_number_of_persons():
    assert drift(model(0.01), model(0.01, identifier=0.01), PAIRS) == 0
