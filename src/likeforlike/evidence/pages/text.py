"""The pages' words with their places filled."""

from __future__ import annotations

from typing import Any

from likeforlike.evidence.pages.read import words


class Text:
    """Looks up words by dotted name, such as `synthesis.heading`; a part's own words come before shared ones."""

    def __init__(self, part: str, language: str = "en") -> None:
        self._part = part
        self._words = words(language)

    def __call__(self, name: str, /, **values: object) -> str:
        text: str = self._find(name)
        return text.format_map(values)

    def lines(self, name: str, /, **values: object) -> tuple[str, ...]:
        """The lines of a list of words."""
        return tuple(line.format_map(values) for line in self._find(name))

    def _find(self, name: str) -> Any:
        for start in (self._words[self._part], self._words["shared"]):
            found: Any = start
            for key in name.split("."):
                found = found.get(key) if isinstance(found, dict) else None
            if found is not None:
                return found
        raise KeyError(name)
