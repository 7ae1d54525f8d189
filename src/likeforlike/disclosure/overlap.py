"""Scores as they may be shown: equal bands with round ends, each deep enough in every group."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from likeforlike.disclosure.counts import percent, rounded
from likeforlike.disclosure.release import OverlapRow, RuleRecord
from likeforlike.labs.definition import DisclosureProfile

if TYPE_CHECKING:
    from likeforlike.matching.diagnostics import Diagnostics

WIDTHS = (0.5, 1.0, 2.0)
"""Widths of a band in logits, the finest first; whole numbers of the bins that matching counts in."""
FEWEST = 4
"""Bands below which there is no shape to see."""


@dataclass(frozen=True, slots=True)
class Band:
    """The groups between two logits; effective people are by Kish, over the band alone."""

    low: float | None
    high: float | None
    pool: int
    people: tuple[int, int]
    """Of the matched and of the comparison."""
    share: tuple[float, float]
    squares: tuple[float, float]
    """Of weights, in shares of the group's whole weight."""

    def and_next(self, other: Band) -> Band:
        """Both bands as one; the other is the next one above."""
        return Band(
            self.low,
            other.high,
            self.pool + other.pool,
            (self.people[0] + other.people[0], self.people[1] + other.people[1]),
            _sum(self.share, other.share),
            _sum(self.squares, other.squares),
        )

    def deep(self, least: int) -> bool:
        """Whether enough people of every group are in it, by weight too."""
        effective = (s**2 / q if q > 0 else 0.0 for s, q in zip(self.share, self.squares, strict=True))
        return min(self.pool, *self.people, *effective) >= least


def overlap_rows(
    diagnostics: Diagnostics, profile: DisclosureProfile, analysed: int | None = None
) -> tuple[OverlapRow, ...]:
    """Whole percentages of each group by band, from rounded numbers of people.

    Bands are equally wide and their ends round, so that none is one person's score; the two outer ones are open, and
    reach inwards until they are deep. Every band holds at least `hide_below` people of each group, also in effective
    people. Of a few widths the finest that gives such bands is used; where none does, nothing is shown.

    Parameters
    ----------
    diagnostics
        Of the match.
    analysed
        Matched participants as they may be told; as they are if not given.
    """
    size = dict(diagnostics.people.select("side", "effective").iter_rows())
    size |= {} if analysed is None else {"matched": float(analysed)}
    for width in WIDTHS:
        bands = deep_bands(diagnostics.scores, width, profile.hide_below)
        if len(bands) >= FEWEST:
            people = sum(band.pool for band in bands)
            return tuple(_row(band, size["matched"], size["comparison"], people, profile) for band in bands)
    return ()


def overlap_rule(rows: Iterable[OverlapRow], profile: DisclosureProfile) -> RuleRecord:
    """What was done to the scores, for the record of rules."""
    return RuleRecord(
        rule="Scores",
        target="overlap",
        action="rounded" if tuple(rows) else "withheld",
        reason=f"Percentages of numbers to the nearest {profile.nearest}, in equal bands with at least "
        f"{profile.hide_below} people of each group.",
    )


def deep_bands(scores: pl.DataFrame, width: float, least: int) -> list[Band]:
    """Bands of one width; none where one between the outer two is not deep, or they would be no whole bins."""
    bands: dict[int, Band] = {}
    for row in scores.iter_rows(named=True):
        place = _place(row["low"], row["high"], width)
        if place is None:
            return []
        one = _band(row, place, width)
        bands[place] = bands[place].and_next(one) if place in bands else one
    found = [bands[place] for place in sorted(bands)]
    while len(found) > 1 and not found[0].deep(least):
        found[:2] = [found[0].and_next(found[1])]
    while len(found) > 1 and not found[-1].deep(least):
        found[-2:] = [found[-2].and_next(found[-1])]
    return found if all(band.deep(least) for band in found) else []


def _place(low: float | None, high: float | None, width: float) -> int | None:
    """Which band a bin is in; the open bins belong to the outermost bands. Nothing for a bin wider than a band."""
    if low is None or high is None:
        return math.floor(low / width) if low is not None else math.ceil((high or 0.0) / width) - 1
    place = math.floor(low / width)
    return place if high <= (place + 1) * width else None


def _band(row: dict[str, float | None], place: int, width: float) -> Band:
    share = tuple(row[name] or 0.0 for name in ("matched", "comparison"))
    effective = (row[f"effective_{name}"] or 0.0 for name in ("matched", "comparison"))
    squares = tuple(s**2 / e if e > 0 else 0.0 for s, e in zip(share, effective, strict=True))
    return Band(
        None if row["low"] is None else place * width,
        None if row["high"] is None else (place + 1) * width,
        int(row["people_pool"] or 0),
        (int(row["people_matched"] or 0), int(row["people_comparison"] or 0)),
        (share[0], share[1]),
        (squares[0], squares[1]),
    )


def _row(band: Band, matched: float, comparison: float, pool: int, profile: DisclosureProfile) -> OverlapRow:
    def of(part: float, whole: float) -> int:
        return percent(rounded(part, profile), rounded(whole, profile)) or 0

    # A weighted sum is not exact, and half of a base must not turn on its last digit.
    ours, others = (round(s * n, 6) for s, n in zip(band.share, (matched, comparison), strict=True))
    return OverlapRow(
        low=band.low,
        high=band.high,
        treatment=of(ours, matched),
        comparison=of(others, comparison),
        pool=of(band.pool, pool),
    )


def _sum(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return one[0] + other[0], one[1] + other[1]
