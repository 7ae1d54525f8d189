"""Releases that somebody else keeps become a library, with what became of every accepted request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from likeforlike.disclosure.release import Release
from likeforlike.evidence.library.from_releases import from_releases
from likeforlike.evidence.library.library import Library, Request


def library_of(
    releases: Sequence[Release],
    requests: Iterable[tuple[str, str, str]] = (),
    title: str = "Published results",
    measure: str | None = None,
) -> Library:
    """The library of these releases, on one measure.

    Parameters
    ----------
    requests
        The programme, what became of it (`published` or a word for something else) and why, for each accepted request.
    measure
        Name of the measure; the most usual one if left out.

    Raises
    ------
    InputProblem
        None of them is a result, or none has the measure.
    """
    return from_releases(releases, title, measure, {}, [Request(*told) for told in requests])
