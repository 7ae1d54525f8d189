"""A list and a lab's published history become what to expect of sending it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

import polars as pl

from likeforlike.errors import InputProblem
from likeforlike.evidence.readiness.helps import Helps, helps, helps_any
from likeforlike.evidence.readiness.seen import Seen, seen
from likeforlike.evidence.readiness.share import FEWEST, Share, predicted_share
from likeforlike.evidence.readiness.when import Due, due, index_dates
from likeforlike.intake.cohort import Cohort
from likeforlike.labs.definition import History, Lab

Verdict = Literal["fix_first", "too_few", "may_be_refused", "send"]
RISKY = 0.2
"""A chance of refusal from which to say so first."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """What to expect; people are numbers of the list."""

    name: str
    """Of the file; empty where there is none yet."""
    noun: str
    people: int
    minimum: int
    must_fix: int
    please_confirm: int
    found: Share | None
    analysed: Share
    refused: float
    """The chance that too few are analysed for any result to be given."""
    seen: tuple[Seen, ...]
    due: tuple[Due, ...]
    helps: Helps

    @property
    def analysed_people(self) -> tuple[int, int, int]:
        """The fewest likely, the likeliest number, and the most."""
        a = self.analysed
        low, middle, high = (round(self.people * share) for share in (a.low, a.middle, a.high))
        return low, middle, high

    @property
    def verdict(self) -> Verdict:
        """What to do next."""
        if self.must_fix:
            return "fix_first"
        if self.people < self.minimum:
            return "too_few"
        return "may_be_refused" if self.refused >= RISKY else "send"

    def summary(self) -> str:
        """What to expect, in a few lines."""
        low, middle, high = self.analysed_people
        lines = [
            f"{self.name}: {self.people:,} {self.noun}, {self.must_fix} problems to fix first",
            f"Likely analysed: {middle:,} (between {low:,} and {high:,}, as {self.analysed.requests} earlier requests)",
            f"Chance of a refusal because too few are left: {100 * self.refused:.0f}%",
        ]
        lines += [
            f"{s.measure.statistical_label}: smallest effect seen four times in five {s.smallest:.{_decimals(s)}f} "
            f"({s.at_least:.{_decimals(s)}f} to {s.at_most:.{_decimals(s)}f})"
            for s in self.seen
        ]
        lines += [f"{d.months} months: half by {d.half}, all by {d.all}" for d in self.due]
        return "\n".join(lines)

    def to_frame(self) -> pl.DataFrame:
        """A row for each measure and effect: the chance to see it, and the people who would be needed."""
        rows = [
            {
                "measure": s.measure.name,
                "unit": s.measure.unit,
                "smallest": s.smallest,
                "smallest_at_most": s.at_most,
                "smallest_at_least": s.at_least,
                "effect": c.effect,
                "power": c.power,
                "analysed_needed": c.needed,
            }
            for s in self.seen
            for c in s.chances
        ]
        return pl.DataFrame(rows)

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON; nothing about any person."""
        low, middle, high = self.analysed_people
        return {
            "file": self.name,
            "verdict": self.verdict,
            "people": self.people,
            "minimum": self.minimum,
            "must_fix": self.must_fix,
            "please_confirm": self.please_confirm,
            "found": None if self.found is None else asdict(self.found),
            "analysed": asdict(self.analysed) | {"people": [low, middle, high]},
            "refused": self.refused,
            "measures": self.to_frame().to_dicts(),
            "due": [asdict(d) | {"half": d.half.isoformat(), "all": d.all.isoformat()} for d in self.due],
            "helps": asdict(self.helps),
        }


def assess_list(cohort: Cohort, history: History, today: date) -> Readiness:
    """Say what to expect of sending a list. Nothing is sent, and no records are needed.

    Raises
    ------
    InputProblem
        The list is empty, or the history has too few requests to learn from.
    """
    people = cohort.people.height
    if not people:
        raise InputProblem(f"{cohort.source.name} has nobody on it: fill in the template first.")
    told = assess_number(people, cohort.lab, history)
    dates = due(cohort, today)
    dated = int(index_dates(cohort).is_not_null().sum())
    report = cohort.to_dict()
    settled, first = dates[-1] if dates else None, told.seen[0] if told.seen else None
    likely, share = people * told.analysed.middle, told.analysed.middle
    return replace(
        told,
        name=cohort.source.name,
        must_fix=report["must_fix"],
        please_confirm=report["please_confirm"],
        due=dates,
        helps=helps(cohort, first, likely, share, settled, dated),
    )


def assess_number(people: int, lab: Lab, history: History) -> Readiness:
    """Say what to expect of a list of a size, before there is one. It has no name, and nothing is said about dates.

    Parameters
    ----------
    people
        On the list, at least 1.

    Raises
    ------
    InputProblem
        The history has too few requests to learn from.
    """
    analysed = predicted_share([(f.submitted, f.analysed) for f in history.past_flow])
    if analysed is None:
        raise InputProblem(
            f"The history has {len(history.past_flow)} earlier requests, and {FEWEST} are needed to say what to "
            "expect: add others as [[past_flow]]."
        )
    found = predicted_share([(f.submitted, f.found) for f in history.past_flow if f.found is not None])
    likely = (people * analysed.low, people * analysed.middle, people * analysed.high)
    measures = lab.outcomes.over(lab.head.follow_up.months)
    typical = {t.measure: t for t in history.typical}
    shown = [m for m in measures.measure if m.headline and m.name in typical]
    visible = tuple(seen(history, typical[m.name], m, likely) for m in shown)
    return Readiness(
        name="",
        noun=lab.head.noun.plural,
        people=people,
        minimum=lab.head.cohort.minimum,
        must_fix=0,
        please_confirm=0,
        found=found,
        analysed=analysed,
        refused=analysed.chance_below(lab.disclosure.minimum_analysed / people),
        seen=visible,
        due=(),
        helps=helps_any(visible[0] if visible else None, likely[1], analysed.middle),
    )


def _decimals(told: Seen) -> int:
    return told.measure.decimals + (told.measure.kind == "rate")
