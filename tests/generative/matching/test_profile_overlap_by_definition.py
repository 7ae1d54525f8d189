"""Quartiles, overlap, and the search for unequal products agree with plain definitions."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from likeforlike.labs.definition import Covariate, MatchingDefaults
from likeforlike.matching.effective import effective_size
from likeforlike.matching.higher_order import higher_order_balance
from likeforlike.matching.overlap import BINS, overlap, weight_spread
from likeforlike.matching.profile import weighted_quantiles

LIGHTS = MatchingDefaults(caliper=0.2)
values = st.one_of(st.integers(-3, 3).map(float), st.floats(-1e6, 1e6), st.floats(0, 1e-9))
weights = st.sampled_from([0.0, 0.1, 0.5, 1.0, 4.0])
people = st.lists(st.tuples(values, weights), min_size=1, max_size=20)
shares = [0.1, 0.25, 0.5, 0.75, 1.0]


@given(people)
def test_quantiles_are_the_smallest_values_that_reach_the_share(told: list[tuple]):
    value, weight = np.array(told).T
    (found,) = weighted_quantiles(value, [weight], shares)
    total = weight.sum()
    for share, quantile in zip(shares, found, strict=True):
        reached = [v for v in value[weight > 0] if weight[value <= v].sum() >= share * total * (1 - 1e-9)]
        assert quantile == pytest.approx(min(reached, default=np.nan), abs=0, nan_ok=True)


@given(arrays(np.float64, st.integers(1, 60), elements=st.integers(-20, 20).map(float)))
def test_quantiles_of_equal_weights_are_numpys(value: np.ndarray):
    (found,) = weighted_quantiles(value, [np.full(len(value), 0.1)], shares)
    assert found == np.quantile(value, shares, method="inverted_cdf").tolist()


@given(people, people, st.sampled_from([0.25, 1.0, 3.0]))
def test_histograms_hold_everybody_once(one: list[tuple], other: list[tuple], step: float):
    (at, at_weight), (pool, pool_weight) = np.array(one).T, np.array(other).T
    found = overlap(at, pool, at_weight, pool_weight, step)
    rows = found.frame.rows(named=True)
    inner = rows[1:-1]
    assert 1 <= len(inner) <= BINS
    assert rows[0]["treated"] == rows[-1]["treated"] == 0
    for row in inner:
        assert row["high"] - row["low"] == pytest.approx(inner[0]["high"] - inner[0]["low"])
        inside = (pool >= row["low"]) & (pool < row["high"])
        assert row["pool"] == pytest.approx(inside.mean())
        assert row["people_comparison"] == (inside & (pool_weight > 0)).sum()
        if pool_weight.sum() > 0:
            assert row["comparison"] == pytest.approx(pool_weight[inside].sum() / pool_weight.sum())
            assert row["effective_comparison"] == pytest.approx(effective_size(pool_weight[inside]))
    assert found.frame["people_pool"].sum() == len(pool)
    assert found.coefficient_before == pytest.approx(sum(min(r["treated"], r["pool"]) for r in rows))
    assert found.outside == pytest.approx(((at < pool.min()) | (at > pool.max())).mean())


@given(arrays(np.float64, st.integers(0, 20), elements=weights), st.sampled_from([1e-6, 0.1, 3.0, 1e6]))
def test_the_unit_of_weights_does_not_matter(weight: np.ndarray, factor: float):
    one, other = weight_spread(weight), weight_spread(weight * factor)
    assert one.frame["people"].to_list() == other.frame["people"].to_list()
    assert one.frame["people"].sum() == one.used == (weight > 0).sum()
    assert (one.effective, one.largest_share) == pytest.approx((other.effective, other.largest_share))


COVARIATES = [
    Covariate(name=n, label=n, kind=k, group="all")
    for n, k in (("age", "number"), ("prior", "number"), ("job", "flag"), ("sex", "category"))
]
row = st.tuples(
    st.integers(18, 30),
    st.integers(0, 4),
    st.booleans(),
    st.sampled_from("mf"),
    st.sampled_from([0.0, 0.5, 2.0]),
)
rows = st.lists(row, min_size=3, max_size=15)


def plain(frame: pl.DataFrame, least: int) -> dict[str, tuple[float, float]]:
    """Every square and product by the definition: name, then SMD before and after."""
    treated, weight = frame["treated"].to_numpy(), frame["weight"].to_numpy()
    column = {n: frame[n].to_numpy() - frame.filter("treated")[n].mean() for n in ("age", "prior")}
    column["job"] = frame["job"].to_numpy().astype(float)
    column |= {f"sex: {v}": (frame["sex"] == v).to_numpy().astype(float) for v in sorted(set(frame["sex"]))}
    found, names = {}, list(column)
    for i, a in enumerate(names):
        for b in names[i:]:
            square, both = a == b, not {a, b} & {"age", "prior"}
            if a[:3] == b[:3] and (both or not square):
                continue
            product = column[a] * column[b]
            own = product[treated]
            mean = own.mean()
            sd = np.sqrt(mean * (1 - mean)) if both else own.std(ddof=1)
            having = (own != 0).sum()
            if not square and (having < least or (both and len(own) - having < least) or sd < 1e-6):
                continue
            with np.errstate(divide="ignore", invalid="ignore"):
                before = (mean - product[~treated].mean()) / sd
                after = np.average(own, weights=weight[treated]) - np.average(
                    product[~treated], weights=weight[~treated]
                )
                found[f"{a}²" if square else f"{a} × {b}"] = (before, after / sd)
    return found


@settings(max_examples=60)
@given(rows, rows, st.integers(1, 3), st.integers(0, 12))
def test_squares_and_products_are_their_definition(one: list, other: list, least: int, pairs: int):
    frame = pl.DataFrame(
        [(*r, side) for side, people in ((True, one), (False, other)) for r in people],
        schema=["age", "prior", "job", "sex", "weight", "treated"],
        orient="row",
    )
    frame = frame.with_columns(weight=pl.col("weight") + 0.1)
    expected = plain(frame, least)
    table = higher_order_balance(frame, COVARIATES, LIGHTS, pairs=pairs, least=least)
    for found in table.iter_rows(named=True):
        before, after = expected[found["term"]]
        if np.isfinite(before) and np.isfinite(after) and max(abs(before), abs(after)) < 1e6:
            assert found["smd_before"] == pytest.approx(before, rel=1e-6, abs=1e-9)
            assert found["smd_after"] == pytest.approx(after, rel=1e-6, abs=1e-9)
    sizes = sorted((abs(v[1]) for k, v in expected.items() if "×" in k), reverse=True)
    products = table.filter(kind="product")
    assert products.height == min(pairs, len(sizes))
    assert products["smd_after"].abs().to_list() == pytest.approx(sizes[:pairs], rel=1e-6, abs=1e-9)


def test_the_score_leads_and_missing_values_count_for_nobody():
    frame = pl.DataFrame(
        {
            "treated": [True] * 3 + [False] * 3,
            "weight": [1.0] * 6,
            "age": [20, None, 30, 40, 50, None],
            "prior": [1, 2, 3, 4, 5, 6],
            "job": [True, None, False, True, True, False],
            "sex": ["m", "f", "m", "m", "f", "m"],
        }
    )
    score = np.array([1.0, 2.0, 3.0, 0.0, 0.0, np.nan])
    table = higher_order_balance(frame, COVARIATES, LIGHTS, score=score, least=1)
    assert table["kind"].to_list()[:3] == ["score", "square", "square"]
    assert table["smd_before"][0] == pytest.approx(2.0)
    age = table.filter(term="age²").row(0, named=True)
    assert (age["mean_matched_treated"], age["mean_comparison"]) == pytest.approx((25, (15**2 + 25**2) / 2))
    job = table.filter(term="age × job").row(0, named=True)
    assert (job["mean_matched_treated"], job["mean_comparison"]) == pytest.approx((-2.5, 20))
