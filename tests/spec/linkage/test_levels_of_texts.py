"""How alike two texts are, an address or a suburb: the level of each pair, by example."""

import duckdb
import pytest

from likeforlike.labs.definition import Comparison
from likeforlike.linkage.comparisons import levels_of, splink_comparison

STREET = Comparison(field="street", method="text", swapped_with="place", term_frequency=True)
COLUMNS = ("street_l", "place_l", "street_r", "place_r")


def level(*values: str | None) -> str:
    levels = splink_comparison(STREET, 1_000).create_comparison_dict("duckdb")["comparison_levels"]
    cases = " ".join(
        f"when {x['sql_condition']} then '{x['label_for_charts']}'"
        for x in levels
        if x["sql_condition"] != "ELSE"
    )
    given = ", ".join(f"cast(? as varchar) as {c}" for c in COLUMNS)
    sql = f"select case {cases} else 'unlike' end from (select {given})"
    return duckdb.connect().execute(sql, values).fetchall()[0][0]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("STATION ROAD", "STATION ROAD", "the same"),
        ("STATION ROAD", "STATOIN ROAD", "one letter apart"),
        ("STATION ROAD", "STATIONROAD", "one letter apart"),
        ("STATION ROAD", "STATION TOAD", "one letter apart"),
        ("STATION ROAD", "STATION RD", "much alike"),
        ("LONG ACRE FARM", "LONGACER FAM", "much alike"),
        ("STATION ROAD", "STATION WAY", "alike"),
        ("STATION ROAD", "KING STREET", "unlike"),
        ("2617", "2671", "one letter apart"),
        ("2617", "4000", "unlike"),
        (None, "KING STREET", "street is NULL"),
    ],
)
def test_level_of_a_pair(left, right, expected):
    assert level(left, None, right, None) == expected


def test_two_lines_of_an_address_the_wrong_way_round():
    assert level("STATION ROAD", "ROSE COTTAGE", "ROSE COTTAGE", "STATION ROAD") == "changed places"


@pytest.mark.parametrize("method", ["text", "name", "date", "postcode", "exact", "identifier"])
def test_expected_shares_of_a_comparison_are_shares_of_a_whole(method):
    shares = [x.m for x in levels_of(Comparison(field="street", method=method), 1_000)]
    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0
