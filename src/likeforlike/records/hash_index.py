"""A sorted array of hashes, each with a number: a look-up touches a few pages, however long the array is.

An entry is one 64-bit word, the hash in its high bits and the number in its low ones. Two values may share
the hash that is left; whoever looks up must bear an entry too many now and then.

Hashes are spread evenly, so a value's place is guessed from those known around it (interpolation search, Peterson
1957): two or three pages each, where bisection would touch a dozen. All values take each step together, so that the
pages of a step can be asked for at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from likeforlike.records.prefetch import PAGE, Prefetch

Words = NDArray[np.uint64]
Integers = NDArray[np.int64]
ITEMS = PAGE // 8
"""Entries of a page."""
END, LAST = 2.0**64, np.uint64(2**64 - 1)
GUESSES = 12
"""Steps of interpolation before it is left to bisection, for entries that are not spread evenly."""


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
    prefetch: Prefetch | None = None

    def find(self, hashes: Words) -> Runs:
        """The entries of each hash; none is a run of length 0."""
        low = np.uint64((1 << self.bits) - 1)
        different, place = np.unique(hashes & ~low, return_inverse=True)
        if self.prefetch is None or self.prefetch.cached():
            start: Integers = np.asarray(np.searchsorted(self.entries, different, "left"), np.int64)
            end: Integers = np.asarray(np.searchsorted(self.entries, different | low, "right"), np.int64)
        else:
            start = self._first(different, np.zeros_like(different, np.int64))
            end = self._first((different | low) + np.uint64(1), start)
            end[different | low == LAST] = len(self.entries)
        return Runs(start[place], (end - start)[place])

    def numbers(self, runs: Runs) -> tuple[Integers, Integers]:
        """Every entry of the runs, as the run's position and the number."""
        if self.prefetch:
            self.prefetch.ask(runs.start, runs.start + runs.length)
        run = np.repeat(np.arange(len(runs.length)), runs.length)
        within = np.arange(len(run)) - np.repeat(np.cumsum(runs.length) - runs.length, runs.length)
        low = np.uint64((1 << self.bits) - 1)
        return run, (self.entries[runs.start[run] + within] & low).astype(np.int64)

    def _first(self, values: Words, low: Integers) -> Integers:
        """The place of the first entry that is not below each value, known not to stand before `low`; in order."""
        low, high = low.copy(), np.full(len(values), len(self.entries), np.int64)
        # floats are near enough for a guess; what is compared are the words themselves
        wanted = values.astype(np.float64)
        below, above = np.where(low > 0, wanted, 0.0), np.full(len(values), END)
        rest = np.flatnonzero(low < high)
        for _ in range(GUESSES):
            if not len(rest):
                break
            lo, hi, value, a, b = low[rest], high[rest], values[rest], below[rest], above[rest]
            share = np.clip((wanted[rest] - a) / np.maximum(b - a, 1.0), 0, 1)
            page = np.clip(lo + (share * (hi - lo)).astype(np.int64), lo, hi - 1) // ITEMS * ITEMS
            first, last = np.maximum(page, lo), np.minimum(page + ITEMS, hi) - 1
            if self.prefetch:
                self.prefetch.ask(first, last + 1)
            head, tail = self.entries[first], self.entries[last]
            before, after = head >= value, tail < value
            high[rest], above[rest] = np.where(before, first, hi), np.where(before, head, b)
            low[rest], below[rest] = np.where(after, last + 1, lo), np.where(after, tail, a)
            inside = ~before & ~after
            low[rest[inside]], high[rest[inside]] = first[inside], last[inside]
            rest = rest[~inside & (low[rest] < high[rest])]
        return self._bisected(values, low, high)

    def _bisected(self, values: Words, low: Integers, high: Integers) -> Integers:
        while (rest := np.flatnonzero(low < high)).size:
            middle = (low[rest] + high[rest]) // 2
            further = self.entries[middle] < values[rest]
            low[rest] = np.where(further, middle + 1, low[rest])
            high[rest] = np.where(further, high[rest], middle)
        return low
