"""Mistakes happen only where they were asked for, and leave what can still be read."""

from datetime import date

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.synthetic.dirt import day_for_month, exchanged, misspelt, mistyped_digit

names = st.lists(st.text(alphabet="abcdeéñ -'OZ", max_size=12) | st.none(), min_size=1, max_size=30)
seeds = st.integers(0, 2**32 - 1)


def mask(size: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random(size) < 0.5


@given(names, seeds)
def test_misspelling_spares_other_rows_and_stays_near(values, seed):
    text = pl.Series("name", values, dtype=pl.String)
    where = mask(len(values), seed)
    wrong = misspelt(text, where, np.random.default_rng(seed))
    assert wrong.filter(~pl.Series(where)).equals(text.filter(~pl.Series(where)), null_equal=True)
    change = (wrong.str.len_chars().cast(pl.Int64) - text.str.len_chars().cast(pl.Int64)).abs().drop_nulls()
    assert (change <= 1).all()


@given(st.lists(st.dates(date(1930, 1, 1), date(2010, 12, 31)), min_size=1, max_size=30), seeds)
def test_day_for_month_makes_real_dates_twice_exchanged_the_same(values, seed):
    day = pl.Series("day", values)
    where = mask(len(values), seed)
    once = day_for_month(day, where)
    assert once.null_count() == 0
    assert day_for_month(once, where).equals(day)
    assert once.filter(~pl.Series(where)).equals(day.filter(~pl.Series(where)))


@given(names, seeds)
def test_exchanging_twice_changes_nothing(values, seed):
    first = pl.Series("first", values, dtype=pl.String)
    second = first.reverse().rename("second")
    where = mask(len(values), seed)
    again = exchanged(*exchanged(first, second, where), where)
    assert again[0].equals(first, null_equal=True)
    assert again[1].equals(second, null_equal=True)


@given(seeds)
def test_a_mistyped_number_keeps_its_form(seed):
    ids = pl.Series(["2001/0123456A", "1999/7654321Z", "A1234BC"])
    wrong = mistyped_digit(ids, np.array([True, True, True]), np.random.default_rng(seed))
    assert wrong.str.contains(r"^(\d{4}/\d{7}[A-Z]|[A-Z]\d{4}[A-Z]{2})$").all()
