"""The lists that were added, and how many people must have joined before the next look."""

from __future__ import annotations

from datetime import date

from likeforlike.disclosure.ledger.pairs import SHARE
from likeforlike.labs.definition import Lab
from likeforlike.plan import Frozen


class Added(Frozen):
    """One list as it was added; for the vault alone."""

    file: str
    bytes_sha256: str
    sheet: str | None
    people: int
    """On all lists up to this one, each once."""
    on: date


class Lists(Frozen):
    """Every list so far."""

    added: tuple[Added, ...] = ()

    def people(self, lists: int | None = None) -> int:
        """On the first so many lists, or on all."""
        told = self.added if lists is None else self.added[:lists]
        return told[-1].people if told else 0


def fewest(asked: int, lab: Lab) -> int:
    """How many must have joined before a list may be asked about again.

    Two answers differ by those who joined in between, so they must be as many as a list of their own would need, and
    one in twenty of those asked about before: else the ledger would refuse the look, and hold the refusal against later
    ones. It goes by the list alone, which its provider knows; who was found decides nothing here.

    Parameters
    ----------
    asked
        People on the list of the last look; 0 before the first.
    """
    return max(lab.head.cohort.minimum, lab.disclosure.minimum_analysed, -(-asked // SHARE))
