"""What every section is made from."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike.disclosure.release import Release
from likeforlike.labs.definition import Lab
from likeforlike.report.text import Text
from likeforlike.report.words import Words


@dataclass(frozen=True, slots=True)
class Context:
    """A release with figures, its lab, and the words for both."""

    release: Release
    lab: Lab
    words: Words
    text: Text
