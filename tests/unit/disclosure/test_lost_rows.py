"""What is said of those without a match: not of few, not what the balance table hides, and nothing finer than shown."""

from typing import Any

import polars as pl

from likeforlike.disclosure.lost import lost_rows, lost_rule
from likeforlike.disclosure.release import BalanceRow
from likeforlike.labs import load_lab
from likeforlike.matching.diagnostics import Diagnostics
from likeforlike.matching.profile import COLUMNS

PROFILE = load_lab("justice").disclosure
MATCHED, LOST = 400, 100


def diagnostics(*rows: dict[str, Any], matched: int = MATCHED, lost: int = LOST) -> Diagnostics:
    head = {"label": "E", "group": "G", "level": "", "lost": 0.1}
    groups = pl.DataFrame([head | row for row in rows], schema=COLUMNS)
    people = pl.DataFrame({"side": ["matched", "lost"], "people": [matched, lost]})
    nothing = pl.DataFrame()
    return Diagnostics(nothing, {}, nothing, {}, groups, people, nothing, nothing, nothing)


def levels(matched: dict[str, int], lost: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"covariate": "e", "statistic": "share", "level": n, "n_matched": matched[n], "n_lost": lost[n]}
        for n in matched
    ]


def number(**changes: Any) -> list[dict[str, Any]]:
    mean = {"covariate": "age", "statistic": "mean", "lost": 44.4, "n_matched": 400, "n_lost": 100,
            "largest_lost": 0.05, **changes}  # fmt: skip
    return [mean, {"covariate": "age", "statistic": "sd", "treated": 10.0}]


def balance(
    *shown: tuple[str, str, float], percent: bool = True, hidden: tuple[str, ...] = ()
) -> list[BalanceRow]:
    rest = dict.fromkeys(("comparison_before", "comparison_after", "smd_before", "smd_after"), 0.0)
    rows = [
        BalanceRow(
            covariate=c,
            label="E",
            group="G",
            level=level,
            percent=percent,
            treatment=v,
            light="green",
            **rest,
        )
        for c, level, v in shown
    ]
    nothing = dict.fromkeys(("treatment", *rest))
    return [
        *rows,
        *(
            BalanceRow(covariate="e", label="E", group="G", level=n, percent=True, light="hidden", **nothing)
            for n in hidden
        ),
    ]


WIDE = balance(("e", "a", 50.0), ("e", "b", 30.0), ("e", "c", 20.0))
EVEN = {"a": 200, "b": 120, "c": 80}


def told(
    gone: dict[str, int], shown: list[BalanceRow] = WIDE, matched: dict[str, int] = EVEN, people: int = LOST
) -> list[str]:
    return [r.level for r in lost_rows(diagnostics(*levels(matched, gone), lost=people), shown, PROFILE)]


def test_figures_come_from_rounded_counts_and_from_the_balance_table():
    rows = lost_rows(diagnostics(*levels(EVEN, {"a": 24, "b": 36, "c": 40})), WIDE, PROFILE)
    assert [(r.level, r.matched, r.lost) for r in rows] == [("a", 50, 20), ("b", 30, 40), ("c", 20, 40)]
    share = (200 + 20) / 500
    assert rows[0].smd == round((20 - 50) / (100 * (share * (1 - share)) ** 0.5), 1)


def test_counts_that_round_alike_look_alike():
    one = lost_rows(diagnostics(*levels(EVEN, {"a": 25, "b": 35, "c": 40})), WIDE, PROFILE)
    other = lost_rows(diagnostics(*levels(EVEN, {"a": 34, "b": 35, "c": 36}), lost=104), WIDE, PROFILE)
    assert one == other


def test_nothing_is_said_of_few():
    assert told({"a": 20, "b": 15, "c": 14}, people=49) == []
    assert told({"a": 20, "b": 15, "c": 15}, people=50) == ["a", "b", "c"]
    assert told({"a": 20, "b": 15, "c": 15}, people=50, matched={"a": 3, "b": 3, "c": 3}) == []


def test_a_lone_hidden_level_takes_the_smallest_other_with_it():
    assert told({"a": 60, "b": 31, "c": 9}) == ["a"]
    assert told({"a": 91, "b": 5, "c": 4}) == []


def test_an_empty_level_is_no_cover_for_a_small_one():
    assert told({"a": 50, "b": 50, "c": 0}) == ["a"]
    assert told({"a": 72, "b": 19, "c": 9, "d": 0}) == ["a"]


def test_what_the_balance_table_hides_stays_hidden():
    shown = balance(("e", "a", 50.0), hidden=("b", "c"))
    assert told({"a": 30, "b": 30, "c": 40}, shown) == ["a"]


def test_few_among_the_matched_hide_a_level_too():
    assert told({"a": 30, "b": 30, "c": 40}, matched={"a": 295, "b": 96, "c": 9}) == ["a"]


def test_a_number_has_two_figures_and_its_difference_comes_from_them():
    shown = balance(("age", "", 40.0), percent=False)
    (row,) = lost_rows(diagnostics(*number()), shown, PROFILE)
    assert (row.matched, row.lost, row.smd, row.percent) == (40, 44, 0.4, False)
    for change in ({"n_lost": 9}, {"n_matched": 9}, {"largest_lost": 0.9}, {"lost": None}):
        assert lost_rows(diagnostics(*number(**change)), shown, PROFILE) == ()


def test_the_rule_says_what_was_done():
    assert (lost_rule((), PROFILE).target, lost_rule((), PROFILE).action) == ("lost", "withheld")
