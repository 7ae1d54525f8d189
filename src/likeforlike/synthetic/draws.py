"""Random draws that the twin's parts share."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Shares:
    """Categories with weights, one row of weights for each kind of person; draws for many people at once."""

    def __init__(self, weights: ArrayLike) -> None:
        table = np.atleast_2d(np.asarray(weights, dtype=np.float64))
        self.categories = table.shape[1]
        cumulative = np.cumsum(table, axis=1)
        cumulative /= cumulative[:, -1:]
        cumulative[:, -1] = 1.0
        # one ascending list for all rows: row r lies between r and r + 1
        self.ladder = (cumulative + np.arange(len(table))[:, None]).ravel()

    def draw(self, row: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
        """One category for each person, whose weights are those of `row`."""
        place = np.searchsorted(self.ladder, row + rng.random(len(row)), side="right")
        drawn: NDArray[np.int64] = np.minimum(place - row * self.categories, self.categories - 1)
        return drawn


def streams(seed: int, *key: int) -> np.random.Generator:
    """An independent generator for each key, the same on every machine."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
