"""Are the groups alike beyond their means: squares of numbers, products of two covariates, and the score itself.

Groups with the same means may still differ in spread or in how covariates go together (Rubin 2001; Stuart 2010). As in
cobalt with `int` and `poly`, products of two flags or levels are flags themselves, and all else is a number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.labs.definition import Covariate, MatchingDefaults
from likeforlike.matching.balance import light
from likeforlike.matching.balance_columns import Sides, levels, numbers, recorded_only, side_by_side
from likeforlike.matching.moments import Moments, difference, moments, ratio, share_moments

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
ENOUGH = 50_000
"""Of each group, at most so many evenly spread people show which products are the most unequal."""
ROUNDING = 1e-12
"""A variance smaller than this part of the mean square is none."""
COLUMNS = {
    "term": pl.String,
    "kind": pl.String,
    "percent": pl.Boolean,
    "mean_matched_treated": pl.Float64,
    "mean_comparison": pl.Float64,
    "smd_before": pl.Float64,
    "smd_after": pl.Float64,
    "light": pl.String,
}


@dataclass(frozen=True, slots=True)
class _Term:
    """A number less the participants' mean, or one level of a flag or category as 0/1."""

    name: str
    covariate: str
    binary: bool
    stored: NDArray[Any]
    """Values of a number or codes of the levels, shape (units,)."""
    at: float
    """The mean, or the level's code."""
    unknown: int = -1

    def values(self, some: Indices | slice = slice(None)) -> Floats:
        """(units,), NaN where not recorded."""
        stored = self.stored[some]
        if not self.binary:
            return np.asarray(stored - self.at, dtype=np.float64)
        found: Floats = np.where(stored == self.unknown, np.nan, stored == self.at)
        return found


def higher_order_balance(
    frame: pl.DataFrame,
    covariates: list[Covariate],
    lights: MatchingDefaults,
    *,
    score: Floats | None = None,
    pairs: int = 50,
    least: int = 20,
) -> pl.DataFrame:
    """SMD of the score, of each number's square and of the products that are the most unequal after matching.

    Parameters
    ----------
    frame
        All units with `treated`, `weight` and the covariates, as for `balance_table`.
    score
        Logit of each unit, (units,), before exact strata were set apart; NaN for units without one.
    pairs
        How many products to show at most.
    least
        Products that fewer participants than this have (for whom they are not zero), or of two flags or levels fewer
        lack, are left out: the few would always be the most unequal, by chance.

    Returns
    -------
    polars.DataFrame
        `term kind percent mean_matched_treated mean_comparison smd_before smd_after light`; `kind` is score, square
        or product. Numbers are taken from the participants' mean; where either of two is not recorded, their product
        is not. Denominator: all participants before matching.
    """
    sides = Sides.of(frame)
    terms = [term for c in covariates for term in _terms(frame[c.name], c, sides)]

    def square(term: _Term) -> dict[str, Any]:
        return _row(f"{term.name}²", "square", term.values() ** 2, sides, lights)

    def product(pair: tuple[int, int]) -> dict[str, Any]:
        one, other = (terms[k] for k in pair)
        both = one.binary and other.binary
        values = one.values() * other.values()
        return _row(f"{one.name} × {other.name}", "product", values, sides, lights, percent=both)

    rows = [] if score is None else [_row("score", "score", score, sides, lights)]
    rows += side_by_side(square, [t for t in terms if not t.binary], frame.height)
    products = side_by_side(product, most_unequal(terms, sides, pairs, least), frame.height)
    rows += sorted(products, key=lambda row: -abs(row["smd_after"]))
    return pl.DataFrame(rows, schema=COLUMNS)


def most_unequal(terms: list[_Term], sides: Sides, pairs: int, least: int) -> list[tuple[int, int]]:
    """Which products differ most after matching: all of them at once, from each group's cross-products."""
    treated, pool = np.flatnonzero(sides.treated), np.flatnonzero(~sides.treated)
    some, others = _spread(np.arange(len(treated))), _spread(np.flatnonzero(sides.pool))
    if pairs < 1 or len(terms) < 2 or not sides.at[some].any() or not len(others):
        return []
    at, comparison = _matrix(terms, treated[some]), _matrix(terms, pool[others])
    binary = np.array([term.binary for term in terms])
    units = at.std(axis=0)
    units[binary | (units == 0)] = 1.0
    at, comparison = at / units, comparison / units
    both = np.logical_and.outer(binary, binary)
    squares = (at**2).T @ at**2 / len(at)
    variance = squares - (at.T @ at / len(at)) ** 2
    variance[~both] *= len(at) / max(len(at) - 1, 1)
    covariate = np.array([term.covariate for term in terms])
    useful = (variance > ROUNDING * squares) & (covariate[:, None] != covariate[None, :])
    useful &= _enough(at, both, least * len(at) / len(treated))
    apart = _crossed(at, sides.at[some]) - _crossed(comparison, sides.pool[others])
    size = np.abs(np.divide(apart, np.sqrt(variance, where=useful, out=np.ones_like(apart))))
    first, second = np.nonzero(np.triu(useful, 1))
    order = np.argsort(-size[first, second], kind="stable")[:pairs]
    return [(int(first[k]), int(second[k])) for k in order]


def _terms(values: pl.Series, covariate: Covariate, sides: Sides) -> Iterable[_Term]:
    if covariate.kind == "number":
        known = numbers(values)
        own = known[sides.treated]
        yield _Term(covariate.label, covariate.name, False, known, moments(own[~np.isnan(own)]).mean)
        return
    column = levels(values, covariate)
    for code, label in column.rows:
        name = f"{covariate.label}: {label}" if label else covariate.label
        yield _Term(name, covariate.name, True, column.codes, code, column.known)


def _spread(rows: Indices) -> Indices:
    return rows[:: -(-len(rows) // ENOUGH)] if len(rows) else rows


def _matrix(terms: list[_Term], rows: Indices) -> Floats:
    """(rows, terms), zero where not recorded."""
    matrix = np.empty((len(rows), len(terms)))
    for k, term in enumerate(terms):
        matrix[:, k] = np.nan_to_num(term.values(rows))
    return matrix


def _enough(at: Floats, both: NDArray[np.bool_], least: float) -> NDArray[np.bool_]:
    """Whether enough of the participants have, and do not have, each product."""
    there = (at != 0).astype(np.float64)
    having = there.T @ there
    enough: NDArray[np.bool_] = (having >= least) & (~both | (len(at) - having >= least))
    return enough


def _crossed(matrix: Floats, weight: Floats) -> Floats:
    crossed: Floats = (matrix * weight[:, None]).T @ matrix / weight.sum()
    return crossed


def _row(
    name: str, kind: str, values: Floats, sides: Sides, lights: MatchingDefaults, *, percent: bool = False
) -> dict[str, Any]:
    at, at_weight = recorded_only(values[sides.treated], sides.at)
    pool, pool_weight = recorded_only(values[~sides.treated], sides.pool)
    before = moments(at), moments(pool)
    after = moments(at, at_weight), moments(pool, pool_weight)
    scale = (share_moments(before[0].mean) if percent else before[0]).sd
    after_matching = _smd(after, scale)
    return {
        "term": name,
        "kind": kind,
        "percent": percent,
        "mean_matched_treated": after[0].mean,
        "mean_comparison": after[1].mean,
        "smd_before": _smd(before, scale),
        "smd_after": after_matching,
        "light": light(after_matching, lights),
    }


def _smd(groups: tuple[Moments, Moments], scale: float) -> float:
    return ratio(difference(groups[0].mean, groups[1].mean), scale)
