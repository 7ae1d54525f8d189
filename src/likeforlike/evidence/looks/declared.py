"""How often a growing list will be looked at, and how many people there will be: written down before the first look."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from pydantic import Field

from likeforlike.disclosure.release import Frozen
from likeforlike.evidence.looks.limits import FARTHEST, Shape, spending_limits

MOST_LOOKS = 40
WITHOUT_LIMIT = FARTHEST
"""Of a look that knows no more than one before it: nothing can be claimed anew."""


class Looks(Frozen):
    """The plan of all looks. The level of all together is 5%."""

    of: int = Field(ge=2, le=MOST_LOOKS)
    """Looks at the most; the last uses up what is left of the level."""
    people: int = Field(ge=1, le=10_000_000)
    """People that will have been analysed in the end."""
    shape: Shape = "obrien_fleming"

    def share(self, analysed: int, look: int) -> float:
        """What is known of what will be known, 1 at the last look or when all are in."""
        return 1.0 if look >= self.of else min(1.0, analysed / self.people)

    def limits(self, analysed: Sequence[int]) -> tuple[float, ...]:
        """The limit of each look so far, rounded up to two decimals.

        A look that knows no more than one before spends nothing of the level, and nothing can be claimed by it.

        Parameters
        ----------
        analysed
            People at each look, as released; earliest first.
        """
        shares = [self.share(people, look) for look, people in enumerate(analysed, start=1)]
        rising = [share for i, share in enumerate(shares) if share > max(shares[:i], default=0.0)]
        found = iter(spending_limits(rising, self.shape)) if rising else iter(())
        return tuple(
            ceil(100 * float(next(found)) - 1e-9) / 100
            if share > max(shares[:i], default=0.0)
            else WITHOUT_LIMIT
            for i, share in enumerate(shares)
        )

    def planned(self) -> tuple[float, ...]:
        """The limits if every look adds the same number of people."""
        return self.limits([ceil(self.people * look / self.of) for look in range(1, self.of + 1)])

    def over(self, analysed: Sequence[int]) -> bool:
        """Whether the level is used up, so that no further look could claim anything."""
        return len(analysed) >= self.of or any(people >= self.people for people in analysed)
