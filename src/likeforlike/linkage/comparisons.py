"""How two values of a field are compared: Splink's levels for each method of `linkage.toml`.

Every level but the last says that the values are alike; the last says that they are not.
"""

from __future__ import annotations

from dataclasses import dataclass

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink.internals.comparison_level_creator import ComparisonLevelCreator

from likeforlike.labs.definition import Comparison

SAME, DIFFERENT = "the same", "different"
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
    said: str
    """What it says of the two values, after the field's name."""


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
    levels = {"name": _name, "date": _date, "postcode": _postcode, "exact": _exact, "text": _text}
    return levels[comparison.method](comparison)


def splink_comparison(comparison: Comparison, persons: int) -> cl.CustomComparison:
    """The comparison as Splink takes it, each level starting from its expected share."""
    creators = [
        level.creator.configure(m_probability=level.m, label_for_charts=level.said)
        for level in levels_of(comparison, persons)
    ]
    return cl.CustomComparison(
        output_column_name=comparison.field, comparison_levels=[cll.NullLevel(comparison.field), *creators]
    )


def _name(comparison: Comparison) -> list[Level]:
    field = comparison.field
    part = " or ".join(
        f"contains(' ' || {field}_{a} || ' ', ' ' || {field}_{b} || ' ')" for a, b in (("l", "r"), ("r", "l"))
    )
    ends = f"left({field}_l, 1) = left({field}_r, 1) or right({field}_l, 1) = right({field}_r, 1)"
    levels = [
        Level(_weighed(comparison), 0.80, SAME),
        Level(cll.CustomLevel(_one_letter(field, ends)), 0.04, "one letter apart"),
        Level(cll.JaroWinklerLevel(field, NEAR_NAME), 0.02, "much alike"),
        Level(cll.CustomLevel(f"{field}_root_l = {field}_root_r"), 0.05, "another form of the name"),
        Level(cll.CustomLevel(part), 0.02, "one of several names"),
        Level(cll.JaroWinklerLevel(field, CLOSE_NAME), 0.02, "alike"),
        Level(cll.ElseLevel(), 0.05, DIFFERENT),
    ]
    return _with_swapped(comparison, levels)


def _text(comparison: Comparison) -> list[Level]:
    field = comparison.field
    ends = f"left({field}_l, 1) = left({field}_r, 1) or right({field}_l, 1) = right({field}_r, 1)"
    levels = [
        Level(_weighed(comparison), 0.75, SAME),
        Level(cll.CustomLevel(_one_letter(field, ends)), 0.10, "one letter apart"),
        Level(cll.JaroWinklerLevel(field, NEAR_NAME), 0.05, "much alike"),
        Level(cll.JaroWinklerLevel(field, CLOSE_NAME), 0.03, "alike"),
        Level(cll.ElseLevel(), 0.07, DIFFERENT),
    ]
    return _with_swapped(comparison, levels)


def _weighed(comparison: Comparison) -> ComparisonLevelCreator:
    return cll.ExactMatchLevel(comparison.field, term_frequency_adjustments=comparison.term_frequency)


def _with_swapped(comparison: Comparison, levels: list[Level]) -> list[Level]:
    if comparison.swapped_with:
        swapped = cll.ColumnsReversedLevel(comparison.field, comparison.swapped_with, symmetrical=True)
        levels.insert(1, Level(swapped, 0.01, "changed places"))
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
        Level(cll.ExactMatchLevel(field), 0.91, SAME),
        Level(cll.CustomLevel(swapped), 0.02, "day and month swapped"),
        Level(cll.CustomLevel(_one_letter(field, parts)), 0.03, "one digit apart"),
        Level(cll.CustomLevel(parts), 0.02, "day, month or year apart"),
        Level(cll.ElseLevel(), 0.02, DIFFERENT),
    ]


def _postcode(comparison: Comparison) -> list[Level]:
    field = comparison.field
    district = f"substr({field}_l, 1, len({field}_l) - 3) = substr({field}_r, 1, len({field}_r) - 3)"
    half = f"{district} or right({field}_l, 3) = right({field}_r, 3)"
    return [
        Level(cll.ExactMatchLevel(field), 0.50, SAME),
        Level(cll.CustomLevel(_one_letter(field, half)), 0.05, "one letter apart"),
        Level(cll.CustomLevel(district), 0.15, "same district"),
        Level(cll.ElseLevel(), 0.30, DIFFERENT),
    ]


def _part(field: str, side: str, start: int) -> str:
    return f"substr({field}_{side}, {start}, 2)"


def _one_letter(field: str, first: str) -> str:
    # Edit distance is a hundred times dearer than equality, so it is asked only where a part agrees.
    return f"case when {first} then damerau_levenshtein({field}_l, {field}_r) <= 1 else false end"


def _exact(comparison: Comparison) -> list[Level]:
    return [Level(cll.ExactMatchLevel(comparison.field), 0.98, SAME), Level(cll.ElseLevel(), 0.02, DIFFERENT)]


def _identifier(comparison: Comparison, persons: int) -> list[Level]:
    field, agree = comparison.field, comparison.expected_agreement or 0.95
    ends = f"left({field}_l, 3) = left({field}_r, 3) or right({field}_l, 3) = right({field}_r, 3)"
    near = NEAR_SHARE * (1 - agree)
    by_chance = 1 / persons
    near_by_chance = min(NEAR_IDENTIFIERS / persons, 0.01)
    levels = [
        (cll.ExactMatchLevel(field), SAME, agree, by_chance),
        (cll.CustomLevel(_one_letter(field, ends)), "one character apart", near, near_by_chance),
        (cll.ElseLevel(), DIFFERENT, 1 - agree - near, 1 - by_chance - near_by_chance),
    ]
    return [
        Level(creator.configure(u_probability=u, fix_m_probability=True, fix_u_probability=True), m, said)
        for creator, said, m, u in levels
    ]
