"""A release becomes the figures of one cohort: its first headline rate and its first headline number per person."""

from __future__ import annotations

from likeforlike.disclosure.release import MeasureRow, Release
from likeforlike.errors import InputProblem
from likeforlike.evidence.library.from_table import Z
from likeforlike.evidence.payment.contract import Metric
from likeforlike.evidence.payment.figures import CohortFigures, Figures
from likeforlike.evidence.payment.numbers import Printed, combined
from likeforlike.evidence.payment.rounding import rate_as_released

HUNDRED = 2
"""Decimals that a figure per person loses when it is said per 100."""


def from_release(release: Release, source: str) -> Figures:
    """What the release shows; a frequency is said per 100 people, as contracts do.

    Raises
    ------
    InputProblem
        It is a refusal, or shows neither.
    """
    if release.status == "refused":
        raise InputProblem(f"{source} is a refusal, so that there is nothing to pay by: wait for a result.")
    rate, frequency = _first(release, "rate"), _first(release, "frequency")
    treated: dict[Metric, Printed] = {}
    comparison: dict[Metric, Printed] = {}
    for side, found in (("treatment", treated), ("comparison", comparison)):
        if rate is not None:
            found["binary"] = rate_as_released(release, rate, side)
        if frequency is not None:
            found["frequency"] = Printed.rounded(100 * getattr(frequency, side), frequency.decimals - HUNDRED)
        if rate is not None and frequency is not None and found["binary"].low > 0:
            found["per_reoffender"] = combined(lambda f, p: f / p, found["frequency"], found["binary"])
    if not treated:
        raise InputProblem(
            f"{source} shows neither a rate nor a number per person for both groups: nothing can be paid by it."
        )
    shown = rate or frequency
    errors = {"binary": _error(rate, 1), "frequency": _error(frequency, 100)}
    return Figures(
        source,
        (
            CohortFigures(
                release.programme.name,
                None if shown is None else shown.n_treatment,
                None if shown is None else shown.n_comparison,
                treated,
                comparison,
                errors={metric: error for metric, error in errors.items() if error},  # type: ignore[misc]
            ),
        ),
    )


def _error(row: MeasureRow | None, scale: float) -> float | None:
    if row is None or row.conf_low is None or row.conf_high is None:
        return None
    return scale * (row.conf_high - row.conf_low) / (2 * Z)


def _first(release: Release, kind: str) -> MeasureRow | None:
    rows = (m for m in release.measures if m.kind == kind and m.headline and not m.descriptive)
    return next((m for m in rows if m.treatment is not None and m.comparison is not None), None)
