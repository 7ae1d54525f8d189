"""Who is within reach of the other group, covariate by covariate."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.labs.definition import Covariate
from likeforlike.matching.support import UNKNOWN, as_levels, common_support, rare_levels

NUMBER = Covariate(name="x", label="X", kind="number", group="G")
FLAG = Covariate(name="f", label="F", kind="flag", group="G")
CATEGORY = Covariate(name="c", label="C", kind="category", group="G")
NAN, INF = float("nan"), float("inf")


def kept(treated: str, **columns: list) -> list[bool]:
    """Who is kept of people told as `t` (took part) or `p` (pool)."""
    covariates = [c for c in (NUMBER, FLAG, CATEGORY) if c.name in columns]
    kinds = {"x": pl.Float64, "f": pl.Boolean, "c": pl.String}
    frame = pl.DataFrame(columns, schema={name: kinds[name] for name in columns}).with_columns(
        treated=pl.Series([letter == "t" for letter in treated])
    )
    return common_support(as_levels(frame, covariates), covariates).to_list()


def test_numbers_of_the_pool_lie_between_the_participants():
    assert kept("ttppp", x=[1, 3, 0, 2, 4]) == [True, True, False, True, False]


@pytest.mark.parametrize("none", [None, NAN, INF, -INF])
def test_a_number_that_is_missing_on_one_side_only_is_left_out(none):
    assert kept("ttppp", x=[1, 3, none, 2, 3]) == [True, True, False, True, True]
    assert kept("tttpp", x=[1, none, 3, 2, 3]) == [True, False, True, True, True]
    assert kept("tttppp", x=[1, none, 3, 2, none, 3]) == [True] * 6


def test_a_number_known_on_one_side_only_leaves_nobody():
    assert not any(kept("ttpp", x=[None, None, 2, 3]))
    assert not any(kept("ttpp", x=[2, 3, None, None]))
    assert kept("ttpp", x=[None] * 4) == [True] * 4


def test_levels_and_flags_that_both_groups_have():
    assert kept("ttppp", c=["a", "b", "a", "c", None]) == [True, False, True, False, False]
    assert kept("ttpp", c=["a", None, "a", UNKNOWN]) == [True] * 4, "missing is a level, whoever says so"
    assert kept("ttppp", f=[True, None, True, False, None]) == [True, True, True, False, True]


def test_leaving_some_out_may_leave_out_more():
    assert kept("tttppp", c=["a", "a", "z", "a", "a", "a"], x=[1, 2, 9, 1, 2, 8]) == [
        True, True, False, True, True, False,
    ]  # fmt: skip


def test_rare_levels_are_told():
    frame = pl.DataFrame({"c": ["a"] * 20 + ["b"] * 3 + ["d"], "treated": [True, False] * 12})
    inside = frame["c"] != "d"
    assert rare_levels(as_levels(frame, [CATEGORY]), [CATEGORY], inside) == (
        "'c: b' is rare: 2 participants, 1 others.",
    )


PERSON = st.tuples(
    st.booleans(),
    st.sampled_from([0.0, 1.0, 2.0, 3.0, None]),
    st.sampled_from([True, False, None]),
    st.sampled_from(["a", "b", "c", None]),
)


@given(st.lists(PERSON, max_size=14))
def test_what_is_kept_is_shared_and_keeping_again_changes_nothing(people):
    schema = {"treated": pl.Boolean, "x": pl.Float64, "f": pl.Boolean, "c": pl.String}
    covariates = [NUMBER, FLAG, CATEGORY]
    frame = as_levels(pl.DataFrame(people, schema=schema, orient="row"), covariates)
    inside = frame.filter(common_support(frame, covariates))
    assert common_support(inside, covariates).all()
    own, others = inside.filter("treated"), inside.filter(~pl.col("treated"))
    for name in ("f", "c"):
        assert set(own[name]) == set(others[name])
    assert (own["x"].null_count() > 0) == (others["x"].null_count() > 0)
    if others["x"].count():
        assert own["x"].min() <= others["x"].min()
        assert others["x"].max() <= own["x"].max()
