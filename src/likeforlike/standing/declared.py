"""What is fixed before the first look, and what every look adds: one frozen value each."""

from __future__ import annotations

from datetime import date

from likeforlike.disclosure.release import LookRow
from likeforlike.evidence.looks.declared import Looks
from likeforlike.plan import Frozen, Plan
from likeforlike.study import Programme


class Declared(Frozen):
    """A programme whose list will grow: what is compared, how often it is looked at, and since when that stands."""

    lab: str
    programme: Programme
    plan: Plan
    looks: Looks
    on: date


class Looked(Frozen):
    """One look: what it said, and by which study."""

    row: LookRow
    study_sha256: str
    lists: int
    """How many of the lists it was about."""


class Lineage(Frozen):
    """Every look at one standing cohort; nothing in it that is not in a release or in the plan."""

    programme: Programme
    declared_sha256: str
    declared_on: date
    looks: Looks
    looked: tuple[Looked, ...] = ()

    @property
    def rows(self) -> tuple[LookRow, ...]:
        return tuple(each.row for each in self.looked)

    @property
    def lists(self) -> int:
        """How many lists the last look was about; 0 before the first."""
        return self.looked[-1].lists if self.looked else 0

    @property
    def over(self) -> bool:
        """Whether no further look could claim anything."""
        return self.looks.over([row.analysed or 0 for row in self.rows])

    def summary(self) -> str:
        """The plan in a line, then each look in a line."""
        many, people = self.looks.of, f"{self.looks.people:,}"
        lines = [f"{self.programme.name}: {many} looks at the most, until {people} people are analysed."]
        for row in self.rows:
            if row.analysed is None or row.limit is None:
                lines.append(f"  Look {row.look}, records of {row.vintage}: no result.")
                continue
            z = "not shown" if row.z is None else f"{row.z:.2f}"
            verdict = "beyond its limit" if row.beyond else "not beyond its limit"
            lines.append(
                f"  Look {row.look}, records of {row.vintage}: {row.analysed:,} analysed ({row.share}%), "
                f"z {z}, limit {row.limit:.2f}: {verdict}."
            )
        if not self.rows:
            limits = ", ".join(f"{limit:.2f}" for limit in self.looks.planned())
            lines.append(f"  No look yet. Limits, if each adds as many people: {limits}.")
        if self.over:
            lines.append("  The last look was made: declare a new programme to go on.")
        return "\n".join(lines)
