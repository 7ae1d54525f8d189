"""Numbers in somebody's own words that a release does not have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from likeforlike.disclosure.release import MeasureRow, Release

NUMBER = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)(\s*(?:%|per ?cent|percentage point|month|day)|)")
"""A number, and the unit that keeps it from being a number of people."""
FIGURES = (
    *("treatment", "comparison", "difference", "conf_low", "conf_high", "detectable"),
    *("p_value", "p_adjusted", "relative_low", "relative_high"),
)
PEOPLE = ("n_treatment", "n_comparison", "number_needed")
Number = float | None


def numbers_added(said: str, release: Release) -> tuple[str, ...]:
    """Numbers in a text that are not among the release's main figures and years, as they stand in the text.

    A whole number without a unit reads as a number of people, so that it must be one that the release shows, or a
    year. Digits of any script and fractions written as one sign count. Numbers written out in letters are for a
    reader, and so is a figure of the release that is quoted for something else.
    """
    people, figures = _known(_people(release)), _known(_figures(release))
    added = []
    for number, unit in NUMBER.findall(unicodedata.normalize("NFKC", said)):
        value = float(number.replace(",", ""))
        if value not in (figures if unit or not value.is_integer() else people):
            added.append(number)
    return tuple(dict.fromkeys(added))


def _known(numbers: Iterator[Number]) -> set[float]:
    return {abs(number) for number in numbers if number is not None}


def _people(release: Release) -> Iterator[Number]:
    dates = (release.index_from, release.index_to, release.provenance.vintage)
    yield from (date.year for date in dates if date is not None)
    for step in release.flow:
        yield from (step.remaining, step.lost)
    yield from (group.submitted for group in release.linkage)
    if release.match is not None:
        yield from (release.match.treated, release.match.comparison)
    for row in _measures(release):
        yield from (getattr(row, name) for name in PEOPLE)


def _figures(release: Release) -> Iterator[Number]:
    yield from (release.follow_up_months, release.settle_months, release.margin)
    yield from (step.lost_percent for step in release.flow)
    yield from (group.found_percent for group in release.linkage)
    for row in _measures(release):
        yield from (getattr(row, name) for name in FIGURES)


def _measures(release: Release) -> Iterator[MeasureRow]:
    yield from release.measures
    for told in release.sub_analyses:
        yield from (*told.inside, *told.rest)
