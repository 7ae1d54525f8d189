"""Wild bootstrap of a linearised estimate: each person's term keeps its size and gets a fair random sign.

Valid for matching with replacement, where resampling people is not (Abadie & Imbens 2008): Otsu & Rai 2017, Journal
of the American Statistical Association 112(520). Signs as Davidson & Flachaire 2008 advise; t-statistics are
compared with their own resampled errors, so small groups get wider intervals without a formula.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from likeforlike.estimates.difference import CONFIDENCE, Difference
from likeforlike.estimates.linearised import Group, Linearised

Floats = NDArray[np.float64]
REPLICATIONS = 1000
BYTES_AT_ONCE = 128
BITS = 8
SIGNS = 1.0 - 2.0 * np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little").T
"""(8, 256): the eight signs that each byte stands for."""


def wild_bootstrap(found: Linearised, seed: int, replications: int = REPLICATIONS) -> Difference:
    """Standard error, symmetric t interval and p-value from random signs.

    For clusters, give `clusters.by_cluster` of the estimate: then a cluster's people share their sign. Eight terms
    take one random byte and one look-up in a table of their 256 sums, so a million people cost a million bits.

    Parameters
    ----------
    found
        The estimate; terms of nought cost nothing. With fewer than about ten terms in a group there are too few
        different signs for a p-value below 0.05 to mean much.
    seed
        The same seed gives the same result.
    replications
        How many times, at least 1.

    Returns
    -------
    Difference
        `p_value` is (1 + number of |t*| ≥ |t|) / (1 + replications): never nought.
    """
    plain = found.difference()
    if np.isnan(plain.conf_low):
        return plain
    rng = np.random.default_rng(seed)
    moved, spread = np.zeros(replications), np.zeros(replications)
    for group in (found.treated, found.pool):
        total, variance = _resampled(group, rng, replications)
        moved += total
        spread += variance
    # A spread of nought says that all terms moved together: the t-statistic has no bound.
    ratio = np.sort(np.abs(moved) / np.sqrt(np.maximum(spread, np.finfo(float).tiny)))
    place = min(int(np.ceil(CONFIDENCE * (replications + 1))), replications) - 1
    half = float(ratio[place]) * plain.std_error
    beyond = replications - int(np.searchsorted(ratio, abs(found.estimate) / plain.std_error, side="left"))
    return replace(
        plain,
        std_error=float(np.sqrt(np.mean(moved**2))),
        conf_low=found.estimate - half,
        conf_high=found.estimate + half,
        p_value=(1 + beyond) / (1 + replications),
    )


def signed_sums(columns: Floats, rng: np.random.Generator, replications: int) -> Floats:
    """Sums of each column with the same fair random signs for its rows, shape (columns, replications).

    Parameters
    ----------
    columns
        (columns, people).
    """
    eights = -(-columns.shape[1] // BITS)
    padded = np.zeros((len(columns), eights * BITS))
    padded[:, : columns.shape[1]] = columns
    sums = np.zeros((len(columns), replications))
    for start in range(0, eights, BYTES_AT_ONCE):
        block = padded[:, start * BITS : (start + BYTES_AT_ONCE) * BITS]
        tables = block.reshape(len(columns), -1, BITS) @ SIGNS
        width = tables.shape[1]
        signs = rng.integers(0, 256, (replications, width), dtype=np.uint8)
        places = signs + np.arange(0, 256 * width, 256, dtype=np.intp)
        for column, table in enumerate(tables):
            sums[column] += table.ravel().take(places).sum(axis=1)
    return sums


def _resampled(group: Group, rng: np.random.Generator, replications: int) -> tuple[Floats, Floats]:
    """A group's resampled error and the variance that the resampled group would report of itself."""
    some = group.terms != 0
    terms, share = group.terms[some], group.share[some]
    total, shared = signed_sums(np.stack([terms, share * terms]), rng, replications)
    around_mean = (terms**2).sum() - 2 * total * shared + total**2 * (group.share**2).sum()
    return total, around_mean
