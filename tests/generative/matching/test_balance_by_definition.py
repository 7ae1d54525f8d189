"""Every figure of the balance table is its definition, and neither order nor the unit of weights matters."""

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from likeforlike.labs.definition import Covariate, MatchingDefaults
from likeforlike.matching.balance import balance_table
from likeforlike.matching.ks import Steps

LIGHTS = MatchingDefaults(caliper=0.2)
KINDS = {"prior": "number", "employed": "flag", "offence": "category"}
COVARIATES = [
    Covariate(name=n, label=n, kind=k, group="all", levels={"theft": "Theft"} if n == "offence" else {})
    for n, k in KINDS.items()
]
FIGURES = (
    "smd_before",
    "smd_after",
    "variance_ratio_before",
    "variance_ratio_after",
    "ks_before",
    "ks_after",
)
# Few values, so that ties, constants and empty levels are common.
person = st.fixed_dictionaries(
    {
        "prior": st.one_of(st.none(), st.sampled_from([-1.5, 0.0, 0.1, 0.1 + 1e-9, 3.0, 1e6])),
        "employed": st.one_of(st.none(), st.booleans()),
        "offence": st.sampled_from(["theft", "fraud", "arson"]),
        "weight": st.sampled_from([0.0, 0.3, 1.0, 2.5]),
    }
)
people = st.lists(person, min_size=2, max_size=12)
units = st.tuples(people, people).map(
    lambda sides: pl.DataFrame(
        [{**p, "treated": side == 0} for side in (0, 1) for p in sides[side]],
        schema={
            "prior": pl.Float64,
            "employed": pl.Boolean,
            "offence": pl.String,
            "weight": pl.Float64,
            "treated": pl.Boolean,
        },
    )
)


def columns(frame: pl.DataFrame) -> dict[tuple[str, str], tuple[list[float | None], bool]]:
    found = {("prior", ""): (frame["prior"].to_list(), False), ("employed", ""): ([], True)}
    found["employed", ""] = ([None if v is None else float(v) for v in frame["employed"]], True)
    if frame["prior"].null_count():
        found["prior", "not recorded"] = ([float(v is None) for v in frame["prior"]], True)
    for level in set(frame["offence"]):
        label = "Theft" if level == "theft" else level
        found["offence", label] = ([float(v == level) for v in frame["offence"]], True)
    return found


def arm(values: list[float | None], frame: pl.DataFrame, treated: bool, weight: list[float]) -> list[tuple]:
    told = zip(values, frame["treated"], weight, strict=True)
    return [(x, w) for x, t, w in told if t == treated and x is not None and w > 0]


def mean(of: list[tuple]) -> float:
    return sum(x * w for x, w in of) / sum(w for _, w in of) if of else float("nan")


def variance(of: list[tuple]) -> float:
    total, middle = sum(w for _, w in of), mean(of)
    if len(of) < 2:
        return float("nan")
    return sum(w * (x - middle) ** 2 for x, w in of) * total / (total**2 - sum(w * w for _, w in of))


def gap(one: list[tuple], other: list[tuple]) -> float | None:
    if not one or not other:
        return None

    def below(of: list[tuple], v: float) -> float:
        return sum(w for x, w in of if x <= v) / sum(w for _, w in of)

    return max(abs(below(one, v) - below(other, v)) for v, _ in one + other)


def by_definition(values: list[float | None], binary: bool, frame: pl.DataFrame) -> dict[str, float | None]:
    ones, weights = [1.0] * frame.height, frame["weight"].to_list()
    before = [arm(values, frame, t, ones) for t in (True, False)]
    after = [arm(values, frame, t, weights) for t in (True, False)]
    middle = mean(before[0])
    spread = np.sqrt(middle * (1 - middle) if binary else variance(before[0]))
    found: dict[str, float | None] = {}
    for when, (one, other) in (("before", before), ("after", after)):
        apart = mean(one) - mean(other)
        apart = 0.0 if abs(apart) <= 1e-12 * max(abs(mean(one)), abs(mean(other))) else apart
        tiny = spread <= 1e-12 * abs(middle)
        found[f"smd_{when}"] = 0.0 if apart == 0 else np.copysign(np.inf, apart) if tiny else apart / spread
        if np.isnan(apart):
            found[f"smd_{when}"] = np.nan
        ratio = None if binary or not variance(other) > (1e-12 * mean(other)) ** 2 else variance(one)
        found[f"variance_ratio_{when}"] = (
            None if ratio is None or np.isnan(ratio) else ratio / variance(other)
        )
        found[f"ks_{when}"] = gap(one, other)
    return found


def same(found: float | None, expected: float | None) -> bool:
    if found is None or expected is None:
        return found is None and expected is None
    return found == pytest.approx(expected, rel=1e-7, abs=1e-9, nan_ok=True)


@settings(max_examples=40)
@given(units)
def test_every_figure_is_its_definition(frame: pl.DataFrame):
    table = balance_table(frame, COVARIATES, LIGHTS)
    rows = {(row["covariate"], row["level"]): row for row in table.iter_rows(named=True)}
    expected = columns(frame)
    assert rows.keys() == expected.keys()
    for key, (values, binary) in expected.items():
        assert rows[key]["percent"] == binary
        for name, figure in by_definition(values, binary, frame).items():
            assert same(rows[key][name], figure), (key, name, rows[key][name], figure)


@settings(max_examples=40)
@given(units, st.randoms(use_true_random=False))
def test_order_of_people_does_not_matter(frame: pl.DataFrame, random):
    shuffled = list(range(frame.height))
    random.shuffle(shuffled)
    assert alike(balance_table(frame, COVARIATES, LIGHTS), balance_table(frame[shuffled], COVARIATES, LIGHTS))


@settings(max_examples=40)
@given(units, st.sampled_from([1e-6, 0.1, 3.0, 1e6]))
def test_the_unit_of_weights_does_not_matter(frame: pl.DataFrame, factor: float):
    times = frame.with_columns(pl.col("weight") * factor)
    assert alike(balance_table(frame, COVARIATES, LIGHTS), balance_table(times, COVARIATES, LIGHTS))


@settings(max_examples=40)
@given(units)
def test_how_columns_are_stored_does_not_matter(frame: pl.DataFrame):
    stored = frame.with_columns(
        pl.col("employed").cast(pl.Float64),
        pl.col("offence").cast(pl.Enum(["fraud", "arson", "theft", "none"])),
    )
    again = frame.with_columns(pl.col("offence").cast(pl.Categorical))
    table = balance_table(frame, COVARIATES, LIGHTS)
    assert table.equals(balance_table(stored, COVARIATES, LIGHTS))
    assert table.equals(balance_table(again, COVARIATES, LIGHTS))


def alike(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    names = ["covariate", "level", "percent", "n_treated"]
    if not one.select(names).equals(other.select(names)):
        return False
    numbers = [*FIGURES, "mean_matched_treated", "mean_comparison", "n_comparison", "largest_share"]
    return all(same(a, b) for n in numbers for a, b in zip(one[n], other[n], strict=True))


# Far and near values, so that buckets hold none, one and several of them.
value = st.one_of(st.integers(-4, 4).map(float), st.floats(-1e300, 1e300), st.floats(0, 1e-9))
weighted = st.lists(st.tuples(value, st.sampled_from([0.0, 0.5, 1.0, 3.0])), max_size=15)


@settings(max_examples=60)
@given(weighted, weighted)
def test_ks_is_its_definition(one: list[tuple], other: list[tuple]):
    at, pool = np.array(one).reshape(-1, 2), np.array(other).reshape(-1, 2)
    found = Steps.of(at[:, 0], pool[:, 0]).distance(at[:, 1], pool[:, 1])
    expected = gap([p for p in one if p[1] > 0], [p for p in other if p[1] > 0])
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-12))


@settings(max_examples=60)
@given(weighted, weighted)
def test_ks_is_the_same_both_ways(one: list[tuple], other: list[tuple]):
    at, pool = np.array(one).reshape(-1, 2), np.array(other).reshape(-1, 2)
    there = Steps.of(at[:, 0], pool[:, 0]).distance(at[:, 1], pool[:, 1])
    assume(there is not None)
    assert Steps.of(pool[:, 0], at[:, 0]).distance(pool[:, 1], at[:, 1]) == pytest.approx(there, abs=1e-12)
