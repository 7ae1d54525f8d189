"""What somebody learns from a published figure who knows about all of its people but a few.

Nothing here is guessed: each published figure allows a range of totals; what is known is subtracted, and the rest is
about the few. Of one person (n − 1 known) no rule of thresholds and rounding can say that nothing is ever learned
(Denning 1982, *Cryptography and Data Security*, chapter 6); the checker sees how often, and in the vault whether here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorstCase:
    """The people of whom nothing was known beforehand, and what the figure says about them."""

    figure: str
    people: int
    """In the figure, as somebody who knows the list could count them."""
    unknown: int
    totals: tuple[int, int]
    """The least and the most that people with the event can be, by the figure alone."""
    telling: int
    """How many of these totals, for one outcome or the other of the last person, give that person away."""
    learned: tuple[int, int] | None = None
    """With the true total, which only the vault has: what the unknown people's total must be at least and at most."""

    @property
    def given_away(self) -> bool | None:
        """Whether the true figure says something about the unknown people; nothing where the truth is not given."""
        return None if self.learned is None else self.learned != (0, self.unknown)

    @property
    def sentence(self) -> str:
        """For the checker."""
        least, most = self.totals
        told = f"{least} to {most} of {self.people} are possible; who knows all but {self.unknown} can tell "
        told += f"something in {self.telling} of these {most - least + 1} cases."
        if self.learned is None:
            return told
        if not self.given_away:
            return f"{told} Not in this one."
        return f"{told} In this one: at least {self.learned[0]} and at most {self.learned[1]} of them had it."


def worst_case(
    figure: str,
    totals: tuple[int, int],
    people: int,
    *,
    unknown: int = 1,
    events: int | None = None,
) -> WorstCase:
    """A published percentage against somebody who knows all but a few.

    Parameters
    ----------
    figure
        Its name.
    totals
        The least and the most people with the event that it can stand for.
    people
        Its base.
    unknown
        People of whom nothing is known beforehand.
    events
        The true number with the event, in the vault. Of all sets of unknown people the one counts of which most is
        learned. One that the figure does not allow (of a weighted rate) is passed over.
    """
    least, most = totals
    telling = sum(_tells(total, (least, most), people, unknown) for total in range(least, most + 1))
    allowed = events is not None and least <= events <= most
    learned = _most_learned(int(events or 0), (least, most), people, unknown) if allowed else None
    return WorstCase(figure, people, unknown, (least, most), telling, learned)


def mean_precision(decimals: int, people: int) -> float:
    """Within how much the last person's own value is known to whoever knows all others', from a published mean.

    Rounding moves a mean by half of its last place at most, and a total by that times the number of people.
    """
    return float(0.5 * 10.0**-decimals * people)


def _tells(total: int, totals: tuple[int, int], people: int, unknown: int) -> bool:
    return _most_learned(total, totals, people, unknown) != (0, unknown)


def _most_learned(total: int, totals: tuple[int, int], people: int, unknown: int) -> tuple[int, int]:
    """Bounds for that set of unknown people whose number with the event is left the least open."""
    fewest, most = max(0, total - (people - unknown)), min(unknown, total)
    found = [_bounds(totals, total - had, unknown) for had in {fewest, most}]
    return min(found, key=lambda span: (span[1] - span[0], span))


def _bounds(totals: tuple[int, int], known: int, unknown: int) -> tuple[int, int]:
    """Of the unknown people's number: what is published of the total, less what is known of the others."""
    return max(0, totals[0] - known), min(unknown, totals[1] - known)
