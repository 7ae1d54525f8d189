"""Published results kept as a table become a library: one row a result, whatever figures it has."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from likeforlike.errors import InputProblem
from likeforlike.evidence.library.cells import Cells, month_of
from likeforlike.evidence.library.library import (
    About,
    Better,
    LeftOut,
    Library,
    Measured,
    Origin,
    Request,
    Result,
)
from likeforlike.evidence.meta.pool import critical

ALIASES = {
    "report_date": "published",
    "analysed": "n_treat",
    "low": "conf_low",
    "high": "conf_high",
    "diff_ci_low_pp": "conf_low",
    "diff_ci_high_pp": "conf_high",
    "difference": "estimate",
}
"""Names that published tables use, and ours."""
FIGURES = ("estimate", "std_error", "conf_low", "conf_high", "rate_treat_pct", "rate_comp_pct")
POINTS = "percentage points"
Z = critical(math.inf)
"""Published intervals are 95%."""


def renamed(columns: Sequence[str]) -> list[str]:
    """Columns by our names."""
    return [ALIASES.get(name.strip(), name.strip()) for name in columns]


def from_table(rows: Sequence[Cells], title: str, measure: str | None, better: Better) -> Library:
    """The results on one measure.

    Parameters
    ----------
    measure
        Its name in the column `measure`; the one with the most results if left out.
    better
        Which direction favours a programme, where the column `better` does not say.

    Raises
    ------
    InputProblem
        A row cannot be read, there is no such measure, or no row has figures.
    """
    chosen = _chosen(rows, measure)
    results: list[Result] = []
    left_out: list[LeftOut] = []
    for row in rows:
        if row.text("status") not in ("", "published"):
            continue
        about = about_of(row)
        found = _result(row, about) if row.text("measure") == chosen else None
        if row.text("measure") != chosen:
            left_out.append(LeftOut(about, "other_measure", row.truth("significant")))
        elif about.part_of:
            left_out.append(LeftOut(about, "part_of", row.truth("significant")))
        elif isinstance(found, Result):
            results.append(found)
        else:
            left_out.append(found or LeftOut(about, "no_figures", row.truth("significant")))
    if not results:
        raise InputProblem(
            f"{rows[0].file if rows else title}: no row has a difference with its interval, so that there is nothing "
            "to put together: fill in conf_low and conf_high, or rates and numbers of people."
        )
    measured = _measured([r for r in rows if r.text("measure") == chosen], chosen, better)
    return Library(title, measured, tuple(results), tuple(left_out), requests_of(rows))


def about_of(row: Cells) -> About:
    """Whose result a row is.

    Raises
    ------
    InputProblem
        It has no name.
    """
    if not row.text("programme"):
        raise row.problem("programme", "is empty: write the programme's name")
    return About(
        **{
            name: row.text(name)
            for name in ("programme", "provider", "published", "kind", "setting", "population", "part_of")
        }
    )


def requests_of(rows: Sequence[Cells]) -> tuple[Request, ...]:
    """What became of each request, where the table has a column `status`."""
    return tuple(
        Request(row.text("programme"), row.text("status") or "published", row.text("reason"))
        for row in rows
        if "status" in row.values
    )


def _chosen(rows: Sequence[Cells], measure: str | None) -> str:
    known = Counter(row.text("measure") for row in rows)
    if measure is None:
        figures = Counter(row.text("measure") for row in rows if any(row.text(name) for name in FIGURES))
        return (figures or known).most_common(1)[0][0] if known else ""
    if measure not in known:
        names = ", ".join(f"'{name}'" for name in sorted(known) if name)
        raise InputProblem(
            f"There is no measure '{measure}' in the table: "
            + (f"choose from {names}." if names else "it has no column 'measure', so leave --measure out.")
        )
    return measure


def _measured(rows: Sequence[Cells], name: str, better: Better) -> Measured:
    units = {row.text("unit") for row in rows if any(row.text(column) for column in FIGURES)}
    if len(units) > 1:
        raise InputProblem(
            f"{rows[0].file}: the results have the units {' and '.join(sorted(map(repr, units)))}: keep them in "
            "separate tables."
        )
    told = {row.text("better") for row in rows} - {""}
    if len(told) > 1 or told - {"lower", "higher"}:
        raise InputProblem(
            f"{rows[0].file}: the column 'better' must say lower or higher, the same in every row."
        )
    direction: Better = next((d for d in ("lower", "higher") if d in told), better)
    unit = next(iter(units), "") or POINTS
    return Measured(name or "difference", (name or "the rate").capitalize(), unit, 1, direction)


def _result(row: Cells, about: About) -> Result | LeftOut:
    significant = row.truth("significant")
    low, high, error = row.number("conf_low"), row.number("conf_high"), row.number("std_error")
    treated, compared = row.number("rate_treat_pct"), row.number("rate_comp_pct")
    n, n_comparison = row.count("n_treat"), row.count("n_comp")
    if low is not None and high is not None and low > high:
        raise row.problem("conf_low", "is above conf_high: swap them")
    gap = None if treated is None or compared is None else treated - compared
    estimate = row.number("estimate")
    estimate = gap if estimate is None else estimate
    if (low is None) != (high is None):
        return LeftOut(about, "no_interval", significant)
    origin: Origin = "error"
    if error is None and low is not None and high is not None:
        error, origin = (high - low) / (2 * Z), "interval"
        estimate = (low + high) / 2 if estimate is None else estimate
    if error is None and n is not None and treated is not None and compared is not None:
        # Where nobody says how many were compared, they are taken to be so many that they add nothing.
        spread = treated * (100 - treated) / n + compared * (100 - compared) / (n_comparison or math.inf)
        error, origin = max(spread, 0.0) ** 0.5, "rates"
    if estimate is None:
        return LeftOut(about, "no_figures", significant)
    if error is None:
        return LeftOut(about, "no_interval", significant)
    if error <= 0:
        return LeftOut(about, "no_spread", significant)
    if low is None or high is None:
        low, high = estimate - Z * error, estimate + Z * error
    return Result(
        about,
        month_of(about.published),
        n,
        estimate,
        error,
        low,
        high,
        origin,
        significant,
    )
