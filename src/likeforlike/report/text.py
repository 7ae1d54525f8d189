"""The report's own words for one release: `text/<language>/` with its places filled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from likeforlike.disclosure.release import Release
from likeforlike.labs.definition import DisclosureProfile, Lab
from likeforlike.report.numbers import day_month_year, month_year, people
from likeforlike.report.own_words import check_theme
from likeforlike.report.places import by_lot, people_places
from likeforlike.report.read import chrome


class Text:
    """Looks up words by dotted name and fills what every sentence may use."""

    def __init__(self, release: Release, lab: Lab) -> None:
        self._words = chrome(lab.language)
        check_theme(lab, self._words)
        self._places = people_places(release, lab) | {
            "round_to": lab.disclosure.nearest,
            "rates_to": _rates_to(lab.disclosure, self._words["shared"]),
        }
        self._instead = dict(self._words["by_lot"] if by_lot(release) else {}) | lab.theme.wording

    def __call__(self, name: str, /, **values: str) -> str:
        """The words of a dotted name, such as `flow.heading`."""
        text: str = self._find(name)
        return text.format_map(self._places | values)

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of a list of words."""
        return tuple(line.format_map(self._places) for line in self._find(name))

    def terms(self, name: str) -> dict[str, str]:
        """The terms of a table of words; those that are empty for arms drawn by lot are left out."""
        terms = self._words_of(name) | self._instead.get(name, {})
        return {term: meaning.format_map(self._places) for term, meaning in terms.items() if meaning}

    def month(self, day: date) -> str:
        """`June 2024`."""
        return month_year(day, self._words["months"])

    def day(self, day: date) -> str:
        """`30 June 2024`."""
        return day_month_year(day, self._words["months"])

    def _find(self, name: str) -> Any:
        """The department's own words come first, then those for arms drawn by lot."""
        own = self._instead.get(name)
        return self._words_of(name) if own is None else own

    def _words_of(self, name: str) -> Any:
        found: Any = self._words
        for part in name.split("."):
            found = found[part]
        return found


def _rates_to(profile: DisclosureProfile, words: Mapping[str, str]) -> str:
    """What is said of rates after what is said of numbers of people."""
    if profile.rates_from == "exact":
        return words["rates_exact"]
    if profile.decimal_from is None:
        return words["rates_rounded"]
    return words["rates_decimal"].format(people=people(profile.decimal_from))
