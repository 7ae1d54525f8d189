"""A sorted array of hashes, each with a number: a look-up touches a few pages, however long the array is.

An entry is one 64-bit word, the hash in its high bits and the number in its low ones. Two values may share
the hash that is left; whoever looks up must bear an entry too many now and then.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Integers = NDArray[np.int64]


def number_bits(largest: int) -> int:
    """Bits that hold numbers up to `largest`."""
    return max(largest.bit_length(), 1)


def entry_sql(key: str, number: str, bits: int) -> str:
    """An expression for an entry: the hash of the text `key` with `number`."""
    return f"(hash({key}) & {_mask(bits)}::ubigint) | {number}::ubigint"


def _mask(bits: int) -> int:
    return (1 << 64) - (1 << bits)


@dataclass(frozen=True, slots=True)
class Runs:
    """Where the entries of each hash stand: `length` of them from `start`."""

    start: Integers
    length: Integers


@dataclass(frozen=True, slots=True, repr=False)
class HashIndex:
    """Entries in order, usually memory-mapped."""

    entries: Words
    bits: int

    def find(self, hashes: Words) -> Runs:
        """The entries of each hash; none is a run of length 0."""
        low = np.uint64((1 << self.bits) - 1)
        # in order, so that neighbouring pages are read together
        order = np.argsort(hashes)
        least = hashes[order] & ~low
        start = np.searchsorted(self.entries, least, "left")
        end = np.searchsorted(self.entries, least | low, "right")
        runs = Runs(np.empty_like(start), np.empty_like(start))
        runs.start[order], runs.length[order] = start, end - start
        return runs

    def numbers(self, runs: Runs) -> tuple[Integers, Integers]:
        """Every entry of the runs, as the run's position and the number."""
        run = np.repeat(np.arange(len(runs.length)), runs.length)
        within = np.arange(len(run)) - np.repeat(np.cumsum(runs.length) - runs.length, runs.length)
        low = np.uint64((1 << self.bits) - 1)
        return run, (self.entries[runs.start[run] + within] & low).astype(np.int64)
