"""The design of the propensity score, worked with block by block: a matrix of a million people is never held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.labs.definition import Covariate
from likeforlike.matching.pieces import (
    Flag,
    Held,
    Intercept,
    Levels,
    Numbers,
    Piece,
    Product,
    sums_by_level,
)

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
COLLINEAR = 1e-7
CELLS_AT_ONCE = 2**19
CELLS_HELD = 2**23
"""A design of no more cells than this is held as one matrix."""
UNITS_FOR_USE = 20_000


@dataclass(frozen=True, slots=True)
class Design:
    """Rows of (units, terms) with an intercept first; `dropped` names the terms that add nothing.

    The terms are those of `dense` pieces, then those of `levels`, whose rows are nearly all zeros.
    """

    terms: tuple[str, ...]
    dropped: tuple[str, ...]
    units: int
    dense_pieces: tuple[Piece, ...]
    levels: tuple[Levels, ...] = ()

    @classmethod
    def of(cls, matrix: Floats, terms: tuple[str, ...], dropped: tuple[str, ...] = ()) -> Design:
        """A design whose rows are at hand."""
        return cls(terms, dropped, len(matrix), (Held(terms, np.ascontiguousarray(matrix)),))

    def __len__(self) -> int:
        return self.units

    def times(self, coefficients: Floats) -> Floats:
        """X b, shape (units,)."""
        product = np.empty(self.units)
        parts = np.split(coefficients, self._ends())
        for rows, block in self._blocks():
            product[rows] = block @ parts[0]
        for level, part in zip(self.levels, parts[1:], strict=True):
            product += np.append(part, 0.0)[level.codes]
        return product

    def totals(self, weight: Floats) -> Floats:
        """X'w, shape (terms,)."""
        first = np.zeros(self._width())
        for rows, block in self._blocks():
            first += weight[rows] @ block
        return np.concatenate([first, *(level.totals(weight) for level in self.levels)])

    def gram(self, weight: Floats) -> Floats:
        """X' diag(w) X, shape (terms, terms); weights are not negative."""
        total = np.zeros((len(self.terms), len(self.terms)))
        width, root = self._width(), np.sqrt(weight)
        ends = [*self._ends(), len(self.terms)]
        spans = [slice(a, b) for a, b in pairwise(ends)]
        for rows, block in self._blocks():
            scaled = block * root[rows, None]
            total[:width, :width] += scaled.T @ scaled
            if self.levels:
                total[width:, :width] += sums_by_level(self.levels, scaled * root[rows, None], rows)
        for i, (one, across) in enumerate(zip(self.levels, spans, strict=True)):
            total[across, across] = np.diag(one.totals(weight))
            for other, down in zip(self.levels[:i], spans, strict=False):
                total[across, down] = one.pairs(other, weight)
        return np.tril(total) + np.tril(total, -1).T

    def take(self, mask: Mask) -> Design:
        """The rows of some units, with the same terms."""
        some = replace(
            self,
            units=int(mask.sum()),
            dense_pieces=tuple(piece.take(mask) for piece in self.dense_pieces),
            levels=tuple(level.take(mask) for level in self.levels),
        )
        return some._held()

    def without(self, dropped: Mask) -> Design:
        """The same without some terms, shape (terms,)."""
        names = {t for t, d in zip(self.terms, dropped, strict=True) if d}
        pieces = tuple(p for piece in self.dense_pieces if (p := piece.without(names)).terms)
        levels = tuple(q for level in self.levels if (q := level.without(names)).terms)
        terms = tuple(t for t in self.terms if t not in names)
        return Design(terms, tuple(t for t in self.terms if t in names), self.units, pieces, levels)

    def dense(self) -> Floats:
        """All rows at once."""
        matrix = np.zeros((self.units, len(self.terms)))
        for rows, block in self._blocks():
            matrix[rows, : self._width()] = block
        ends = [*self._ends(), len(self.terms)]
        for level, (start, end) in zip(self.levels, pairwise(ends), strict=True):
            level.fill(matrix[:, start:end], slice(0, self.units))
        return matrix

    def _held(self) -> Design:
        held = isinstance(self.dense_pieces[0], Held)
        if held or self.units * len(self.terms) > CELLS_HELD:
            return self
        return Design.of(self.dense(), self.terms, self.dropped)

    def _width(self) -> int:
        return sum(len(piece.terms) for piece in self.dense_pieces)

    def _ends(self) -> list[int]:
        widths = [self._width(), *(len(level.terms) for level in self.levels)]
        return np.cumsum(widths)[:-1].tolist() if self.levels else []

    def _blocks(self) -> Iterator[tuple[slice, Floats]]:
        """Dense terms of the units in order, a stretch at a time; a block lasts until the next is asked for."""
        width = self._width()
        size = max(CELLS_AT_ONCE // width, 256)
        ends = np.cumsum([len(piece.terms) for piece in self.dense_pieces])
        # a term's values lie side by side: they are written term by term
        first, whole = self.dense_pieces[0], np.empty((width, min(size, self.units))).T
        for start in range(0, self.units, size):
            rows = slice(start, min(start + size, self.units))
            if isinstance(first, Held):
                yield rows, first.matrix[rows]
                continue
            block = whole[: rows.stop - start]
            for piece, end in zip(self.dense_pieces, ends, strict=True):
                piece.fill(block[:, end - len(piece.terms) : end], rows)
            yield rows, block


def build_design(
    frame: pl.DataFrame,
    covariates: list[Covariate],
    interactions: tuple[tuple[str, str], ...] = (),
    among: Mask | None = None,
) -> Design:
    """Numbers standardised with powers or splines, flags, levels against a reference, and products.

    Missing numbers get the mean and an indicator of their own; terms that others explain are dropped.

    Parameters
    ----------
    frame
        One row a unit, as `support.as_levels` leaves it.
    covariates
        What enters the score, in order.
    interactions
        Pairs of covariates whose products enter too.
    among
        (units,), those who count when it is judged what adds something; everyone if not told.
    """
    made = {c.name: _piece(frame[c.name], c) for c in covariates}
    products = [Product.of(made[a], made[b]) for a, b in interactions]
    levels = tuple(piece for piece in made.values() if isinstance(piece, Levels))
    dense = (Intercept(), *(p for p in made.values() if not isinstance(p, Levels)), *products)
    terms = tuple(term for piece in (*dense, *levels) for term in piece.terms)
    whole = Design(terms, (), frame.height, dense, levels)
    among = np.ones(frame.height, dtype=bool) if among is None else among
    keep = _useful(whole, among)
    if keep.all():
        return whole._held()
    kept = whole.without(~keep)
    # a level that nobody among them has is not worth a word
    counted = among.astype(np.float64)
    nobody = {t for v in levels for t, n in zip(v.terms, v.totals(counted), strict=True) if n == 0}
    return replace(kept, dropped=tuple(t for t in kept.dropped if t not in nobody))._held()


def _piece(values: pl.Series, covariate: Covariate) -> Piece:
    if covariate.kind == "category":
        return Levels.of(values)
    if covariate.kind == "flag":
        return Flag.of(values)
    return Numbers.of(values, covariate.powers, covariate.knots)


def _useful(design: Design, among: Mask) -> Mask:
    """Terms that others do not explain; what a part of the people shows to be useful is so among all."""
    some = np.zeros(len(design), dtype=bool)
    some[:: max(len(design) // UNITS_FOR_USE, 1)] = True
    some &= among
    if some.sum() < among.sum():
        keep = _independent(design.take(some).gram(np.ones(some.sum())))
        if keep.all():
            return keep
    return _independent(design.gram(among.astype(np.float64)))


def _independent(gram: Floats) -> Mask:
    """Terms not explained by those before them: pivots of the Cholesky factor of the scaled gram matrix, in order."""
    norms = np.sqrt(np.diag(gram))
    norms[norms == 0] = 1.0
    scaled = gram / np.outer(norms, norms)
    keep = np.zeros(len(gram), dtype=bool)
    factor = np.zeros_like(scaled)
    for j in range(len(gram)):
        pivot = scaled[j, j] - factor[j] @ factor[j]
        keep[j] = pivot > COLLINEAR
        if keep[j]:
            factor[j + 1 :, j] = (scaled[j + 1 :, j] - factor[j + 1 :] @ factor[j]) / np.sqrt(pivot)
    return keep
