"""A department's own words for the report's frame must be words that the report has."""

from __future__ import annotations

from string import Formatter
from typing import Any

from likeforlike.errors import LabProblem
from likeforlike.labs.definition import Lab


def check_theme(lab: Lab, words: dict[str, Any]) -> None:
    """Check that each text of `theme.toml` replaces one of the report's and holds no place that it lacks.

    Raises
    ------
    LabProblem
        Names the file and the key.
    """
    for name, own in lab.theme.wording.items():
        text = _find(words, name)
        if text is None:
            raise LabProblem(
                f"theme.toml: the report has no text 'wording.{name}': check its spelling or take it out."
            )
        unknown = sorted(_places(own) - _places(text))
        if unknown:
            raise LabProblem(
                f"theme.toml: the key 'wording.{name}' has the place '{{{unknown[0]}}}', which the report's own "
                "text has not: take it out."
            )


def _find(words: dict[str, Any], name: str) -> str | None:
    found: Any = words
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found if isinstance(found, str) else None


def _places(text: str) -> set[str]:
    try:
        return {place for _, place, _, _ in Formatter().parse(text) if place is not None}
    except ValueError:
        raise LabProblem("theme.toml: a text of 'wording' has an unpaired curly bracket.") from None
