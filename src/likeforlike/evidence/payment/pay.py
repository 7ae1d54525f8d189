"""A contract and figures become what is paid, what else the figures say, and what chance has to do with it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from likeforlike.evidence.payment.assess import CohortResult, Measured, assess_cohorts
from likeforlike.evidence.payment.chances import Chances, chances
from likeforlike.evidence.payment.claims import Bill, bill
from likeforlike.evidence.payment.conditions import money
from likeforlike.evidence.payment.contract import Contract
from likeforlike.evidence.payment.figures import Figures
from likeforlike.evidence.payment.numbers import Printed
from likeforlike.evidence.payment.side_by_side import SideBySide, side_by_side


@dataclass(frozen=True, slots=True)
class Payment:
    """What a contract makes of figures: `measured` for a comparison, `billed` for a rate card or a scale."""

    contract: Contract
    figures: Figures
    measured: Measured | None
    billed: Bill | None
    views: tuple[SideBySide, ...]
    chances: tuple[Chances | None, ...]
    """One for each cohort; nothing where the figures do not tell how uncertain they are."""

    @property
    def total(self) -> Printed:
        """What is paid in all; below nought, what is to be repaid."""
        if self.billed is not None:
            return Printed.exact(self.billed.total)
        return self.measured.total if self.measured else Printed.exact(0.0)

    @property
    def disagreeing(self) -> tuple[SideBySide, ...]:
        """Cohorts of which one metric says better and another worse."""
        return tuple(view for view in self.views if view.disagree)

    @property
    def depends_on_rounding(self) -> bool:
        """Whether the rule would be met by some of the figures that may have been printed so, and not by others."""
        return self.measured is not None and any(
            c.meets is None or (c.by_pool and self.measured.pooled_meets is None)
            for c in self.measured.cohorts
        )

    def summary(self) -> str:
        """What is paid, a line a cohort or outcome."""
        total, contract = self.total, self.contract
        lines = [f"{contract.name}: {money(contract, total.value)}"]
        if total.rounds:
            least, most = money(contract, total.low), money(contract, total.high)
            lines[0] += f" (between {least} and {most}, for figures were rounded)"
        if self.measured is not None:
            lines += [_line(c, contract) for c in self.measured.cohorts]
        if self.billed is not None:
            lines += [
                f"  {x.name}: {x.counted} of {x.claimed} × {money(contract, x.price)}"
                for x in self.billed.lines
            ]
        lines += [
            f"  Metrics of '{v.cohort}' disagree: better by {', '.join(v.better)}, worse by {', '.join(v.worse)}"
            for v in self.disagreeing
        ]
        return "\n".join(lines)

    def to_frame(self) -> pl.DataFrame:
        """A row for each cohort, or for each line of the bill."""
        if self.billed is not None:
            return pl.DataFrame([asdict(line) | {"payment": line.payment} for line in self.billed.lines])
        return pl.DataFrame([_row(c) for c in self.measured.cohorts] if self.measured else [])

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "contract": self.contract.model_dump(mode="json"),
            "figures": self.figures.source,
            "total": asdict(self.total),
            "depends_on_rounding": self.depends_on_rounding,
            "rows": self.to_frame().to_dicts(),
            "metrics": [asdict(view) for view in self.views],
            "chances": [None if c is None else asdict(c) for c in self.chances],
        }


def pay(contract: Contract, figures: Figures) -> Payment:
    """Hold a contract against figures.

    Raises
    ------
    InputProblem
        The figures miss what the contract needs.
    """
    if contract.by_outcome:
        return Payment(contract, figures, None, bill(contract, figures), (), ())
    measured = assess_cohorts(contract, figures)
    views = tuple(side_by_side(contract, cohort) for cohort in figures.cohorts)
    told = tuple(chances(contract, cohort) for cohort in measured.cohorts)
    return Payment(contract, figures, measured, None, views, told)


def _line(cohort: CohortResult, contract: Contract) -> str:
    said = {True: "meets the rule", False: "does not meet the rule", None: "depends on rounding"}[
        cohort.meets
    ]
    pooled = ", paid with all cohorts together" if cohort.by_pool else ""
    return (
        f"  {cohort.figures.name}: improvement {cohort.improvement.value.value:.2f}, {said}{pooled}, "
        f"{money(contract, cohort.payment.value)}"
    )


def _row(cohort: CohortResult) -> dict[str, Any]:
    value = cohort.improvement.value
    return {
        "cohort": cohort.figures.name,
        "people": cohort.figures.people,
        "improvement": value.value,
        "improvement_low": value.low,
        "improvement_high": value.high,
        "std_error": cohort.std_error,
        "meets": cohort.meets,
        "by_pool": cohort.by_pool,
        "worse": cohort.worse,
        "terminate": cohort.terminate,
        "payment": cohort.payment.value,
        "payment_low": cohort.payment.low,
        "payment_high": cohort.payment.high,
    }
