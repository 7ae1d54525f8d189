"""How two values of a field are compared: Splink's levels for each method of `linkage.toml`.

Every level but the last says that the values are alike; the last says that they are not.
"""

from __future__ import annotations

from dataclasses import dataclass

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink.internals.comparison_level_creator import ComparisonLevelCreator

from likeforlike.labs.definition import Comparison

NEAR_NAME = 0.92
CLOSE_NAME = 0.85
"""Jaro-Winkler similarities."""
NEAR_IDENTIFIERS = 30
"""Other persons' identifiers that are one character away from a given one, about."""
NEAR_SHARE = 0.6
"""Of identifiers of one person that disagree, the share that are one character apart."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level and the share of true pairs expected in it before any register is seen."""

    creator: ComparisonLevelCreator
    m: float


def levels_of(comparison: Comparison, persons: int) -> list[Level]:
    """The levels of a comparison, from exact agreement to none; null is not among them.

    Parameters
    ----------
    comparison
        One comparison of `linkage.toml`.
    persons
        Persons in the register: an identifier agrees by chance once in so many.
    """
    if comparison.method == "identifier":
        return _identifier(comparison, persons)
    return {"name": _name, "date": _date, "postcode": _postcode, "exact": _exact}[comparison.method](
        comparison
    )


def splink_comparison(comparison: Comparison, persons: int) -> cl.CustomComparison:
    """The comparison as Splink takes it, each level starting from its expected share."""
    creators = [level.creator.configure(m_probability=level.m) for level in levels_of(comparison, persons)]
    return cl.CustomComparison(
        output_column_name=comparison.field, comparison_levels=[cll.NullLevel(comparison.field), *creators]
    )


def _name(comparison: Comparison) -> list[Level]:
    field = comparison.field
    exact = cll.ExactMatchLevel(field, term_frequency_adjustments=comparison.term_frequency)
    part = " or ".join(
        f"contains(' ' || {field}_{a} || ' ', ' ' || {field}_{b} || ' ')" for a, b in (("l", "r"), ("r", "l"))
    )
    ends = f"left({field}_l, 1) = left({field}_r, 1) or right({field}_l, 1) = right({field}_r, 1)"
    levels = [
        Level(exact, 0.80),
        Level(_custom(_one_letter(field, ends), "one letter apart"), 0.04),
        Level(cll.JaroWinklerLevel(field, NEAR_NAME), 0.02),
        Level(_custom(f"{field}_root_l = {field}_root_r", "same name by nickname"), 0.05),
        Level(_custom(part, "one of several names"), 0.02),
        Level(cll.JaroWinklerLevel(field, CLOSE_NAME), 0.02),
        Level(cll.ElseLevel(), 0.05),
    ]
    if comparison.swapped_with:
        swapped = cll.ColumnsReversedLevel(field, comparison.swapped_with, symmetrical=True)
        levels.insert(1, Level(swapped, 0.01))
    return levels


def _date(comparison: Comparison) -> list[Level]:
    field = comparison.field
    year, month, day = (
        f"substr({field}_l, {start}, {size}) = substr({field}_r, {start}, {size})"
        for start, size in ((1, 4), (6, 2), (9, 2))
    )
    first, second = (f"{_part(field, 'l', a)} = {_part(field, 'r', b)}" for a, b in ((6, 9), (9, 6)))
    swapped = f"{year} and {first} and {second}"
    parts = f"({month} and {day}) or ({year} and {month}) or ({year} and {day})"
    return [
        Level(cll.ExactMatchLevel(field), 0.91),
        Level(_custom(swapped, "day and month swapped"), 0.02),
        Level(_custom(_one_letter(field, parts), "one digit apart"), 0.03),
        Level(_custom(parts, "day, month or year apart"), 0.02),
        Level(cll.ElseLevel(), 0.02),
    ]


def _postcode(comparison: Comparison) -> list[Level]:
    field = comparison.field
    district = f"substr({field}_l, 1, len({field}_l) - 3) = substr({field}_r, 1, len({field}_r) - 3)"
    half = f"{district} or right({field}_l, 3) = right({field}_r, 3)"
    return [
        Level(cll.ExactMatchLevel(field), 0.50),
        Level(_custom(_one_letter(field, half), "one letter apart"), 0.05),
        Level(_custom(district, "same district"), 0.15),
        Level(cll.ElseLevel(), 0.30),
    ]


def _part(field: str, side: str, start: int) -> str:
    return f"substr({field}_{side}, {start}, 2)"


def _one_letter(field: str, first: str) -> str:
    # Edit distance is a hundred times dearer than equality, so it is asked only where a part agrees.
    return f"case when {first} then damerau_levenshtein({field}_l, {field}_r) <= 1 else false end"


def _exact(comparison: Comparison) -> list[Level]:
    return [Level(cll.ExactMatchLevel(comparison.field), 0.98), Level(cll.ElseLevel(), 0.02)]


def _identifier(comparison: Comparison, persons: int) -> list[Level]:
    field, agree = comparison.field, comparison.expected_agreement or 0.95
    ends = f"left({field}_l, 3) = left({field}_r, 3) or right({field}_l, 3) = right({field}_r, 3)"
    near = NEAR_SHARE * (1 - agree)
    by_chance = 1 / persons
    near_by_chance = min(NEAR_IDENTIFIERS / persons, 0.01)
    levels = [
        (cll.ExactMatchLevel(field), agree, by_chance),
        (_custom(_one_letter(field, ends), "one character apart"), near, near_by_chance),
        (cll.ElseLevel(), 1 - agree - near, 1 - by_chance - near_by_chance),
    ]
    return [
        Level(creator.configure(u_probability=u, fix_m_probability=True, fix_u_probability=True), m)
        for creator, m, u in levels
    ]


def _custom(condition: str, label: str) -> ComparisonLevelCreator:
    return cll.CustomLevel(condition, label_for_charts=label)
