"""The tables of a release: what is hidden, and that nothing shown gives it away."""

import polars as pl

from likeforlike.disclosure.tables import balance_rows, linkage_rows
from likeforlike.labs import load_lab

PROFILE = load_lab("justice").disclosure


def quality(*rows: tuple[str, str, int, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["group", "level", "submitted", "linked"], orient="row")


def test_a_group_of_linkage_quality_is_shown_whole_or_not_at_all():
    found = linkage_rows(
        quality(("Everyone", "", 1000, 900), ("Sex", "Men", 890, 795), ("Sex", "Women", 110, 105)), PROFILE
    )
    assert [(r.label, r.found_percent) for r in found] == [("Everyone", 90), ("Men", None), ("Women", None)]
    found = linkage_rows(
        quality(("Everyone", "", 1000, 900), ("Sex", "Men", 890, 810), ("Sex", "Women", 110, 90)), PROFILE
    )
    assert [r.found_percent for r in found] == [90, 91, 82]


def balance(**counts: int) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "covariate": "e", "label": "E", "group": "G", "level": level, "percent": True,
                "mean_treated": n / 500, "mean_pool": 0.2, "mean_matched_treated": n / 500,
                "mean_comparison": n / 500, "smd_before": 0.1, "smd_after": 0.0, "light": "green",
                "n_treated": n, "n_comparison": 10.0 * n + 100, "largest_share": 0.01,
            }
            for level, n in counts.items()
        ]
    )  # fmt: skip


def hidden(frame: pl.DataFrame) -> list[str]:
    return [r.level for r in balance_rows(frame, PROFILE, 500) if r.light == "hidden"]


def test_a_lone_hidden_level_takes_the_smallest_other_with_it():
    assert hidden(balance(white=400, black=60, asian=35, other=5)) == ["asian", "other"]


def test_two_hidden_levels_hide_each_other_if_they_hold_enough_together():
    assert hidden(balance(white=400, black=88, asian=7, other=5)) == ["asian", "other"]
    assert hidden(balance(white=400, black=93, asian=4, other=3)) == ["black", "asian", "other"]


def test_an_empty_level_is_no_cover_for_a_small_one():
    assert hidden(balance(white=400, black=91, asian=9, other=0)) == ["black", "asian", "other"]


def test_enough_people_everywhere_hide_nothing():
    assert hidden(balance(white=400, black=60, asian=40)) == []


def test_nearly_everyone_is_as_telling_as_nearly_nobody():
    assert hidden(balance(white=495, black=5)) == ["white", "black"]


def test_numbers_have_no_levels_to_give_away():
    (row,) = balance_rows(number(), PROFILE, 500)
    assert (row.light, row.treatment) == ("green", 35)


def number(**changes: float) -> pl.DataFrame:
    facts = {"level": "", "percent": False, "mean_matched_treated": 34.5678} | changes
    return balance(x=500).with_columns(**{k: pl.lit(v) for k, v in facts.items()})


def test_a_number_that_few_people_have_is_hidden():
    assert hidden(number(n_treated=8)) == [""]


def test_a_number_that_two_people_hold_nearly_all_of_is_hidden():
    assert hidden(number(largest_share=0.9)) == [""]


def test_percentages_are_of_rounded_counts_so_that_the_exact_base_cannot_be_found():
    once = balance_rows(balance(a=27, b=26), PROFILE, 53)
    again = balance_rows(balance(a=28, b=25), PROFILE, 53)
    assert [r.treatment for r in once] == [60, 60]
    assert [r.treatment for r in again] == [60, 60]


def test_standardised_differences_of_small_groups_are_coarser():
    frame = balance(a=30, b=30).with_columns(smd_after=pl.lit(0.13))
    assert [r.smd_after for r in balance_rows(frame, PROFILE, 60)] == [0.15, 0.15]
    assert [r.smd_after for r in balance_rows(balance(a=300, b=300), PROFILE, 600)] == [0.0, 0.0]
