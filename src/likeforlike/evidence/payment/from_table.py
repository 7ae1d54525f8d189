"""A table of figures, as a person types them from a publication; decimals tell how they were rounded."""

from __future__ import annotations

from collections.abc import Sequence

from likeforlike.errors import InputProblem
from likeforlike.evidence.library.cells import Cells
from likeforlike.evidence.payment.contract import Metric
from likeforlike.evidence.payment.figures import METRICS, Claim, CohortFigures, Figures
from likeforlike.evidence.payment.numbers import Printed

COHORT_COLUMNS = (
    *("cohort", "people", "comparison_people", "risk", "improvement", "std_error", "dispersion"),
    *METRICS,
    *(f"comparison_{metric}" for metric in METRICS),
)
CLAIM_COLUMNS = ("outcome", "count", "risk", "weeks", "within")
PERCENTAGES = ("binary", "sustained")


def from_table(rows: Sequence[Cells], source: str) -> Figures:
    """Cohorts, or claims where the table has a column `count`.

    Raises
    ------
    InputProblem
        A column is not known, a cell cannot be read, or there is no row.
    """
    if not rows:
        raise InputProblem(f"{source} has a head and no rows: add one for each cohort or outcome.")
    columns = rows[0].values
    known = CLAIM_COLUMNS if "count" in columns else COHORT_COLUMNS
    unknown = next((name for name in columns if name not in known), None)
    if unknown is not None:
        raise InputProblem(f"{source}: there is no column '{unknown}': use {', '.join(known)}.")
    if "count" in columns:
        return Figures(source, claims=tuple(_claim(row) for row in rows))
    return Figures(source, cohorts=tuple(_cohort(row, i) for i, row in enumerate(rows, start=1)))


def _claim(row: Cells) -> Claim:
    count = row.number("count")
    if count is None or count < 0 or count != int(count):
        raise row.problem("count", "must be a whole number of people")
    return Claim(row.text("outcome"), int(count), row.number("risk"), row.count("weeks"), row.count("within"))


def _cohort(row: Cells, number: int) -> CohortFigures:
    error, dispersion = row.number("std_error"), row.number("dispersion")
    for name, value in (("std_error", error), ("dispersion", dispersion)):
        if value is not None and value <= 0:
            raise row.problem(name, "must be more than nothing")
    return CohortFigures(
        name=row.text("cohort") or str(number),
        people=row.count("people"),
        comparison_people=row.count("comparison_people"),
        treated=_metrics(row, ""),
        comparison=_metrics(row, "comparison_"),
        risk=_printed(row, "risk"),
        improvement=_printed(row, "improvement"),
        std_error=error,
        dispersion=dispersion,
    )


def _metrics(row: Cells, prefix: str) -> dict[Metric, Printed]:
    found = {}
    for metric in METRICS:
        figure = _printed(row, f"{prefix}{metric}")
        if figure is None:
            continue
        if figure.value < 0 or (metric in PERCENTAGES and figure.value > 100):
            raise row.problem(f"{prefix}{metric}", f"holds '{row.text(prefix + metric)}', which cannot be")
        found[metric] = figure
    return found


def _printed(row: Cells, column: str) -> Printed | None:
    value = row.number(column)
    if value is None:
        return None
    told = row.text(column)
    return Printed.rounded(value, len(told.partition(".")[2]))
