"""Results whose names begin alike may be about the same people, who would then count twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from likeforlike.evidence.library.library import Result

WORDS = 2
"""Of a name, that two results share when they may be of one provider."""


def may_share_people(results: Sequence[Result]) -> tuple[tuple[str, ...], ...]:
    """Programmes in groups that share a provider or the first words of their names."""
    found: dict[str, list[str]] = defaultdict(list)
    for result in results:
        about = result.about
        words = re.findall(r"\w[\w']*", about.programme.casefold())
        found[about.provider.casefold() or " ".join(words[:WORDS])].append(about.programme)
    return tuple(tuple(names) for names in found.values() if len(names) > 1)
