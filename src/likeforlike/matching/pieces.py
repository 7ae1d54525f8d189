"""What each covariate adds to the design: one term or several, written into a block of rows on demand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array

from likeforlike.matching.splines import natural_spline, spline_knots

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Piece(Protocol):
    """Some terms of a design."""

    @property
    def terms(self) -> tuple[str, ...]:
        """Their names."""

    def fill(self, block: Floats, rows: slice) -> None:
        """Write the terms of some units; `block` has shape (rows, terms)."""

    def take(self, mask: Mask) -> Piece:
        """The same terms for some of the units."""

    def without(self, dropped: set[str]) -> Piece:
        """The same without some of the terms."""


@dataclass(frozen=True, slots=True)
class Intercept:
    """One for everybody."""

    terms: tuple[str, ...] = ("intercept",)

    def fill(self, block: Floats, rows: slice) -> None:  # noqa: ARG002
        block[:] = 1.0

    def take(self, mask: Mask) -> Intercept:  # noqa: ARG002
        return self

    def without(self, dropped: set[str]) -> Piece:
        return _some_of(self, dropped)


@dataclass(frozen=True, slots=True)
class Held:
    """Terms at hand as a matrix, shape (units, terms)."""

    terms: tuple[str, ...]
    matrix: Floats

    def fill(self, block: Floats, rows: slice) -> None:
        block[:] = self.matrix[rows]

    def take(self, mask: Mask) -> Held:
        return replace(self, matrix=self.matrix[mask])

    def without(self, dropped: set[str]) -> Held:
        keep = [i for i, term in enumerate(self.terms) if term not in dropped]
        return Held(tuple(self.terms[i] for i in keep), np.ascontiguousarray(self.matrix[:, keep]))


@dataclass(frozen=True, slots=True)
class Some:
    """Some terms of a piece."""

    terms: tuple[str, ...]
    whole: Piece
    keep: NDArray[np.intp]

    def fill(self, block: Floats, rows: slice) -> None:
        filled = np.empty((len(block), len(self.whole.terms)))
        self.whole.fill(filled, rows)
        block[:] = filled[:, self.keep]

    def take(self, mask: Mask) -> Some:
        return replace(self, whole=self.whole.take(mask))

    def without(self, dropped: set[str]) -> Piece:
        return _some_of(self, dropped)


def _some_of(piece: Piece, dropped: set[str]) -> Piece:
    keep = [i for i, term in enumerate(piece.terms) if term not in dropped]
    if len(keep) == len(piece.terms):
        return piece
    return Some(tuple(piece.terms[i] for i in keep), piece, np.asarray(keep, dtype=np.intp))


@dataclass(frozen=True, slots=True)
class Numbers:
    """A number as standardised powers or a natural cubic spline, and whether it is missing."""

    terms: tuple[str, ...]
    values: Floats
    missing: Mask | None
    centre: float
    scale: float
    powers: int
    knots: Floats | None

    @classmethod
    def of(cls, values: pl.Series, powers: int, knots: int) -> Numbers:
        name = values.name
        missing = values.is_null().to_numpy() if values.null_count() else None
        known = values.drop_nulls().to_numpy()
        mean = float(known.mean()) if len(known) else 0.0
        filled = values.fill_null(mean).to_numpy()
        scale = float(filled.std())
        at = spline_knots((filled - mean) / (scale or 1.0), knots) if knots else None
        count = powers if at is None else len(at) - 1
        sign = "^" if at is None else " spline "
        terms = [name if k == 1 else f"{name}{sign}{k}" for k in range(1, count + 1)]
        if missing is not None:
            terms.append(f"{name}: missing")
        return cls(tuple(terms), filled, missing, mean, scale or 1.0, powers, at)

    def fill(self, block: Floats, rows: slice) -> None:
        z = (self.values[rows] - self.centre) / self.scale
        if self.knots is not None:
            natural_spline(z, self.knots, out=block[:, : len(self.knots) - 1])
        else:
            block[:, 0] = z
            for k in range(1, self.powers):
                np.multiply(block[:, k - 1], z, out=block[:, k])
        if self.missing is not None:
            block[:, -1] = self.missing[rows]

    def take(self, mask: Mask) -> Numbers:
        missing = None if self.missing is None else self.missing[mask]
        return replace(self, values=self.values[mask], missing=missing)

    def without(self, dropped: set[str]) -> Piece:
        return _some_of(self, dropped)


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no, and whether it is missing."""

    terms: tuple[str, ...]
    values: NDArray[np.uint8]
    missing: Mask | None

    @classmethod
    def of(cls, values: pl.Series) -> Flag:
        missing = values.is_null().to_numpy() if values.null_count() else None
        known = values.cast(pl.Boolean).fill_null(value=False).to_numpy().astype(np.uint8)
        terms = (values.name,) if missing is None else (values.name, f"{values.name}: missing")
        return cls(terms, known, missing)

    def fill(self, block: Floats, rows: slice) -> None:
        block[:, 0] = self.values[rows]
        if self.missing is not None:
            block[:, 1] = self.missing[rows]

    def take(self, mask: Mask) -> Flag:
        missing = None if self.missing is None else self.missing[mask]
        return replace(self, values=self.values[mask], missing=missing)

    def without(self, dropped: set[str]) -> Piece:
        return _some_of(self, dropped)


@dataclass(frozen=True, slots=True)
class Levels:
    """Each level but the most frequent, which the others are held against."""

    terms: tuple[str, ...]
    codes: NDArray[np.int32]
    """Place of the unit's level among the terms; one more than the last for the reference."""

    @classmethod
    def of(cls, values: pl.Series) -> Levels:
        kind = values.dtype if isinstance(values.dtype, pl.Enum) else pl.Enum(values.unique().sort())
        values, names = values.cast(kind), kind.categories.to_list()
        codes = values.to_physical().to_numpy()
        counts = np.bincount(codes, minlength=len(names))
        reference = int(np.argmax(counts))
        terms = [i for i in np.flatnonzero(counts) if i != reference]
        place = np.full(len(names), len(terms), dtype=np.int32)
        place[terms] = np.arange(len(terms))
        return cls(tuple(f"{values.name}: {names[i]}" for i in terms), place[codes])

    def fill(self, block: Floats, rows: slice) -> None:
        block[:] = 0.0
        codes = self.codes[rows]
        told = np.flatnonzero(codes < len(self.terms))
        block[told, codes[told]] = 1.0

    def totals(self, weight: Floats) -> Floats:
        """Weight of each term, shape (terms,)."""
        return _summed(self.codes, weight, len(self.terms) + 1)[:-1]

    def pairs(self, other: Levels, weight: Floats) -> Floats:
        """Weight of each pair of terms, shape (terms, the other's terms)."""
        shape = (len(self.terms) + 1, len(other.terms) + 1)
        both = self.codes * np.int32(shape[1]) + other.codes
        return _summed(both, weight, shape[0] * shape[1]).reshape(shape)[:-1, :-1]

    def take(self, mask: Mask) -> Levels:
        return replace(self, codes=self.codes[mask])

    def without(self, dropped: set[str]) -> Levels:
        """Dropped levels go to the reference."""
        keep = [i for i, term in enumerate(self.terms) if term not in dropped]
        place = np.full(len(self.terms) + 1, len(keep), dtype=np.int32)
        place[keep] = np.arange(len(keep))
        return Levels(tuple(self.terms[i] for i in keep), place[self.codes])


def sums_by_level(levels: tuple[Levels, ...], block: Floats, rows: slice) -> Floats:
    """Sums of a block's columns over the units of each term of all the levels, shape (terms, columns).

    All at once: each unit's row of a sparse matrix has a one for its place among the terms of each category.
    """
    sizes = [len(level.terms) + 1 for level in levels]
    starts = np.cumsum([0, *sizes], dtype=np.int32)
    places = np.stack(
        [level.codes[rows] + start for level, start in zip(levels, starts, strict=False)], axis=1
    )
    ends = np.arange(0, places.size + 1, len(levels), dtype=np.int32)
    shape = (len(block), int(starts[-1]))
    chosen = csr_array((np.ones(places.size), places.ravel(), ends), shape)
    summed: Floats = np.delete(chosen.T @ block, starts[1:] - 1, axis=0)
    return summed


def _summed(codes: NDArray[np.int32], weight: Floats, size: int) -> Floats:
    return np.bincount(codes, weights=weight, minlength=size).astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True)
class Product:
    """Every term of one piece times every term of another."""

    terms: tuple[str, ...]
    left: Piece
    right: Piece

    @classmethod
    def of(cls, left: Piece, right: Piece) -> Product:
        return cls(tuple(f"{a} × {b}" for a in left.terms for b in right.terms), left, right)

    def fill(self, block: Floats, rows: slice) -> None:
        a, b = (np.empty((len(block), len(piece.terms))) for piece in (self.left, self.right))
        self.left.fill(a, rows)
        self.right.fill(b, rows)
        block[:] = (a[:, :, None] * b[:, None, :]).reshape(len(block), -1)

    def take(self, mask: Mask) -> Product:
        return replace(self, left=self.left.take(mask), right=self.right.take(mask))

    def without(self, dropped: set[str]) -> Piece:
        return _some_of(self, dropped)
