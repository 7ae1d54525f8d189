"""The design matrix of the propensity score: standardised numbers with powers, flags, levels against a reference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.labs.definition import Covariate

Floats = NDArray[np.float64]
COLLINEAR = 1e-7


@dataclass(frozen=True, slots=True)
class Design:
    """Columns of the score model.

    `matrix` is (units, terms) with an intercept first; `dropped` names the terms that add nothing.
    """

    matrix: Floats
    terms: tuple[str, ...]
    dropped: tuple[str, ...]


def build_design(frame: pl.DataFrame, covariates: list[Covariate]) -> Design:
    """Build the design matrix; missing numbers get the mean and an indicator of their own.

    Parameters
    ----------
    frame
        One row a unit, as `support.as_levels` leaves it.
    covariates
        What enters the score, in order.
    """
    columns: list[tuple[str, Floats]] = [("intercept", np.ones(frame.height))]
    for covariate in covariates:
        if covariate.kind == "category":
            columns += _levels(frame[covariate.name])
        else:
            columns += _powers(frame[covariate.name], covariate)
    names = [name for name, _ in columns]
    matrix = np.column_stack([values for _, values in columns])
    keep = _independent(matrix)
    return Design(
        matrix=np.ascontiguousarray(matrix[:, keep]),
        terms=tuple(n for n, k in zip(names, keep, strict=True) if k),
        dropped=tuple(n for n, k in zip(names, keep, strict=True) if not k),
    )


def _levels(values: pl.Series) -> list[tuple[str, Floats]]:
    counts = values.value_counts().sort(["count", values.name], descending=[True, False])
    levels = counts[values.name].to_list()[1:]
    return [
        (f"{values.name}: {level}", (values == level).to_numpy().astype(float)) for level in sorted(levels)
    ]


def _powers(values: pl.Series, covariate: Covariate) -> list[tuple[str, Floats]]:
    missing = values.is_null().to_numpy()
    raw = values.fill_null(values.mean() if values.len() > missing.sum() else 0.0).to_numpy()
    centred = raw - raw.mean()
    scale = centred.std()
    z = centred / scale if scale > 0 else centred
    columns = [
        (covariate.name if k == 1 else f"{covariate.name}^{k}", z**k) for k in range(1, covariate.powers + 1)
    ]
    if missing.any():
        columns.append((f"{covariate.name}: missing", missing.astype(float)))
    return columns


def _independent(matrix: Floats) -> NDArray[np.bool_]:
    """Columns not explained by those before them, by Cholesky of the correlation of columns, in order."""
    norms = np.sqrt((matrix**2).sum(axis=0))
    scaled = matrix / np.where(norms > 0, norms, 1)
    gram = scaled.T @ scaled
    keep = np.zeros(matrix.shape[1], dtype=bool)
    for j in range(matrix.shape[1]):
        rest = gram[j, j]
        if keep.any():
            explained = np.linalg.solve(gram[np.ix_(keep, keep)], gram[keep, j])
            rest -= gram[keep, j] @ explained
        keep[j] = rest > COLLINEAR
    return keep
