"""Whatever the counts of a category, what is hidden holds enough people, and no small level is shown."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.disclosure.tables import balance_rows
from likeforlike.labs import load_lab

PROFILE = load_lab("justice").disclosure
LEAST = PROFILE.hide_below
counts = st.lists(st.one_of(st.integers(0, 12), st.integers(0, 400)), min_size=2, max_size=8)


def table(people: list[int]) -> pl.DataFrame:
    total = max(sum(people), 1)
    return pl.DataFrame(
        [
            {
                "covariate": "c", "label": "C", "group": "G", "level": f"level {i}", "percent": True,
                "mean_treated": n / total, "mean_pool": 0.2, "mean_matched_treated": n / total,
                "mean_comparison": n / total, "smd_before": 0.1, "smd_after": 0.0, "light": "green",
                "n_treated": n, "n_comparison": 1000.0, "largest_share": 0.01,
            }
            for i, n in enumerate(people)
        ]
    )  # fmt: skip


@given(counts)
def test_no_small_level_is_shown_and_what_is_hidden_hides_enough(people: list[int]):
    rows = balance_rows(table(people), PROFILE, sum(people))
    hidden = [n for n, row in zip(people, rows, strict=True) if row.light == "hidden"]
    shown = [n for n, row in zip(people, rows, strict=True) if row.light != "hidden"]
    assert all(LEAST <= n <= sum(people) - LEAST for n in shown)
    if hidden and shown:
        assert sum(hidden) >= LEAST
        # of whoever is alone in a hidden level, the rest must still be able to be enough
        assert all(n != 1 or sum(hidden) - 1 >= LEAST for n in hidden)


@given(counts, st.randoms())
def test_the_order_of_levels_does_not_matter(people: list[int], random):
    order = list(range(len(people)))
    random.shuffle(order)
    once = [r.light for r in balance_rows(table(people), PROFILE, sum(people))]
    again = [r.light for r in balance_rows(table([people[i] for i in order]), PROFILE, sum(people))]
    by_count = sorted(zip(people, once, strict=True))
    assert by_count == sorted(zip([people[i] for i in order], again, strict=True))


@given(st.integers(50, 400), st.integers(1, 60))
def test_the_mean_of_a_number_does_not_give_away_how_many_people_there_are(people: int, units: int):
    """Several group sizes within the rounding of n, each with a whole total, fit the mean that is shown."""
    frame = table([people]).with_columns(
        level=pl.lit(""), percent=pl.lit(value=False), mean_matched_treated=pl.lit(units + 0.37)
    )
    (row,) = balance_rows(frame, PROFILE, people)
    assert row.treatment is not None
    totals = range(people * units // 2, people * (units + 2) * 2)
    fits = [
        n
        for n in range(people - 5, people + 5)
        if any(float(f"{t / n:.2g}") == row.treatment for t in totals)
    ]
    assert len(fits) == 10
