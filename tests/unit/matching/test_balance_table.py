"""What the balance table says of missing numbers, empty groups, unusual denominators and weighted participants."""

import math

import numpy as np
import polars as pl
import pytest

from likeforlike.labs.definition import Covariate, MatchingDefaults
from likeforlike.matching import balance_columns, higher_order
from likeforlike.matching.balance import COLUMNS, balance_table, light, overall_light
from likeforlike.matching.balance_within import balance_within
from likeforlike.matching.higher_order import higher_order_balance

LIGHTS = MatchingDefaults(caliper=0.2)
AGE = Covariate(name="age", label="Age", kind="number", group="Person")
JOB = Covariate(name="job", label="In work", kind="flag", group="Work")
SEX = Covariate(name="sex", label="Sex", kind="category", group="Person", levels={"m": "Man", "f": "Woman"})


def units(treated: str, weight: list[float], **columns: list) -> pl.DataFrame:
    return pl.DataFrame({"treated": [t == "T" for t in treated], "weight": weight, **columns})


def test_columns_come_in_a_fixed_order_even_of_nothing():
    table = balance_table(units("TP", [1, 1]), [], LIGHTS)
    assert table.is_empty()
    assert dict(table.schema) == COLUMNS


def test_a_number_that_is_missing_for_some_has_a_row_for_that():
    frame = units("TTTPPP", [1.0] * 6, age=[20, 30, None, 40, None, None])
    number, missing = balance_table(frame, [AGE], LIGHTS).rows(named=True)
    assert (number["level"], number["percent"], number["mean_treated"], number["mean_pool"]) == (
        "",
        False,
        25,
        40,
    )
    assert (missing["level"], missing["percent"], missing["n_treated"]) == ("not recorded", True, 1)
    assert (missing["mean_treated"], missing["mean_pool"]) == pytest.approx((1 / 3, 2 / 3))
    assert missing["variance_ratio_before"] is None
    assert missing["ks_before"] == pytest.approx(1 / 3)


def test_weights_of_participants_count():
    frame = units("TTPP", [3.0, 1.0, 1.0, 1.0], age=[10, 50, 20, 40])
    row = balance_table(frame, [AGE], LIGHTS).row(0, named=True)
    assert row["mean_treated"] == 30
    assert row["mean_matched_treated"] == 20
    assert row["ks_after"] == 0.75
    assert row["variance_ratio_after"] == pytest.approx((3 * 100 + 900) * 4 / (16 - 10) / 200)


def test_levels_are_the_labs_first_and_only_those_found():
    frame = units("TTPP", [1.0] * 4, sex=["m", "z", "m", "a"])
    assert balance_table(frame, [SEX], LIGHTS)["level"].to_list() == ["Man", "a", "z"]


def test_a_category_without_a_level_is_unknown():
    frame = units("TTPP", [1.0] * 4, sex=pl.Series(["m", None, "m", "f"]).cast(pl.Categorical))
    assert balance_table(frame, [SEX], LIGHTS)["level"].to_list() == ["Man", "Woman", "unknown"]


@pytest.mark.parametrize(
    ("denominator", "sd"),
    [
        ("treated", math.sqrt(200)),
        ("control", math.sqrt(800)),
        ("pooled", math.sqrt(500)),
        ("all", math.sqrt(1400 / 3)),
    ],
)
def test_denominators_of_numbers(denominator: str, sd: float):
    frame = units("TTPP", [1.0] * 4, age=[10, 30, 20, 60])
    row = balance_table(frame, [AGE], LIGHTS, denominator=denominator).row(0, named=True)
    assert row["smd_before"] == pytest.approx(-20 / sd)


@pytest.mark.parametrize(
    ("denominator", "variance"),
    [("treated", 1 / 4), ("control", 3 / 16), ("pooled", 7 / 32), ("all", 2 / 9)],
)
def test_denominators_of_flags(denominator: str, variance: float):
    frame = units("TTPPPP", [1.0] * 6, job=[True, False, True, False, False, False])
    row = balance_table(frame, [JOB], LIGHTS, denominator=denominator).row(0, named=True)
    assert row["smd_before"] == pytest.approx(0.25 / math.sqrt(variance))
    raw = balance_table(frame, [JOB], LIGHTS, denominator=denominator, binary="raw").row(0, named=True)
    assert raw["smd_before"] == pytest.approx(0.25)


def test_a_constant_is_alike_and_a_difference_without_spread_is_infinite():
    frame = units("TTPPP", [1.0, 1, 0.1, 0.2, 0.7], age=[0.1] * 5, job=[False, False, True, False, False])
    age, job = balance_table(frame, [AGE, JOB], LIGHTS).rows(named=True)
    assert (age["smd_before"], age["smd_after"], age["variance_ratio_after"]) == (0, 0, None)
    assert (job["smd_before"], job["light"]) == (-math.inf, "red")


@pytest.mark.parametrize(
    ("treated", "weight"), [("TT", [1.0, 1.0]), ("PP", [1.0, 1.0]), ("TP", [0.0, 0.0]), ("TP", [1.0, 1.0])]
)
def test_empty_groups_and_single_people_are_no_accident(treated: str, weight: list[float]):
    frame = units(treated, weight, age=[20, 30], job=[None, True], sex=["m", "f"])
    table = balance_table(frame, [AGE, JOB, SEX], LIGHTS)
    assert set(table["light"]) == {"red"}
    assert not table["smd_after"].is_finite().any()


@pytest.mark.parametrize(
    ("smd", "expected"),
    [(0.05, "green"), (-0.051, "amber"), (0.1, "amber"), (-0.11, "red"), (math.nan, "red")],
)
def test_lights(smd: float, expected: str):
    assert light(smd, LIGHTS) == expected


@pytest.mark.parametrize(
    ("lights", "expected"),
    [(["green", "amber"], "amber"), (["green"], "green"), (["red", "green"], "red"), ([], "red")],
)
def test_the_overall_light_is_the_worst(lights: list[str], expected: str):
    assert overall_light(pl.DataFrame({"light": lights}, schema={"light": pl.String})) == expected


def test_balance_within_groups():
    frame = units(
        "TTPPTTPP",
        [1.0] * 6 + [0.5, 1.5],
        age=[10, 20, 10, 20, 10, 20, 30, 40],
        sex=["m", "m", "m", "m", "f", "f", "f", "f"],
    )
    within = balance_within(frame, [AGE], LIGHTS, "sex")
    women, men = within.worst.rows(named=True)
    assert (women["subgroup"], men["subgroup"]) == ("f", "m")
    assert (men["worst_smd"], men["light"]) == (0, "green")
    assert women["worst_smd"] == pytest.approx((15 - 37.5) / math.sqrt(50))
    assert (women["treated"], women["matched"], women["comparison"]) == (2, 2, 2)
    assert women["effective_comparison"] == pytest.approx(1.6)
    assert (
        within.table.filter(subgroup="f")
        .drop("subgroup")
        .equals(balance_table(frame.filter(sex="f"), [AGE], LIGHTS))
    )
    assert within.summary().startswith("f: 2 participants matched; red")
    assert within.to_frame().equals(within.worst)
    assert len(within.to_dict()["table"]) == 2


def test_a_sub_group_that_cannot_be_compared_says_so():
    frame = units("TTP", [1.0, 1, 1], age=[10, 20, 30])
    within = balance_within(frame, [AGE], LIGHTS, pl.Series(["north", None, "north"]))
    north, nowhere = within.worst.rows(named=True)
    assert (nowhere["subgroup"], nowhere["worst_smd"], nowhere["not_comparable"]) == ("not recorded", None, 1)
    assert (north["light"], nowhere["light"]) == ("red", "red")
    assert "nothing to compare" in within.summary()


@pytest.fixture
def many() -> pl.DataFrame:
    drawn = np.random.default_rng(4)
    return pl.DataFrame(
        {
            "treated": np.arange(400) < 100,
            "weight": drawn.random(400),
            "age": drawn.normal(size=400),
            "job": drawn.random(400) < 0.5,
            "sex": drawn.choice(["m", "f"], 400),
        }
    )


def test_many_units_are_worked_on_side_by_side(many: pl.DataFrame, monkeypatch: pytest.MonkeyPatch):
    one_by_one = balance_table(many, [AGE, JOB, SEX], LIGHTS)
    monkeypatch.setattr(balance_columns, "BIG", 0)
    assert balance_table(many, [AGE, JOB, SEX], LIGHTS).equals(one_by_one)


def test_products_are_found_among_some_and_measured_among_all(
    many: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
):
    among_all = higher_order_balance(many, [AGE, JOB, SEX], LIGHTS, least=5)
    monkeypatch.setattr(higher_order, "ENOUGH", 60)
    assert higher_order_balance(many, [AGE, JOB, SEX], LIGHTS, least=5).equals(among_all)
    assert higher_order_balance(many, [AGE, JOB, SEX], LIGHTS, pairs=1, least=5).height == 2
