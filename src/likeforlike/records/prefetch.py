"""Asks the disk for many places of a file at once, before they are touched.

A place of a mapped file that is not in the page cache is read when it is touched, one after the other, and the kernel
reads megabytes around it. Told beforehand, the disk serves hundreds of places together and no more than those.
"""

from __future__ import annotations

import mmap
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]

PAGE = 4096
GAP = 4 * PAGE
"""Bytes between two places that are read with them rather than asked for apart: about what a place costs."""
LONGEST = 1 << 20
"""Bytes of one request: the kernel cuts off longer ones."""
THREADS = 4
SAMPLE = 64


@dataclass(frozen=True, slots=True)
class Prefetch:
    """A file of items of one size; where the system takes no hints, nothing happens."""

    path: Path
    itemsize: int

    def ask(self, start: Places, stop: Places) -> None:
        """Have the items from each `start` up to its `stop` brought into the page cache."""
        ranges = merged(start * self.itemsize, stop * self.itemsize)
        if hasattr(os, "posix_fadvise") and len(ranges):
            # a hint: whatever is wrong with the file shows when it is read
            with suppress(OSError), self.path.open("rb") as file:
                if not _cached(file.fileno(), ranges[:, 0]):
                    _advise(file.fileno(), ranges)

    def cached(self) -> bool:
        """Whether all of the file is in the page cache, by a sample; unknown counts as yes."""
        with suppress(OSError), self.path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            return _cached(file.fileno(), np.linspace(0, max(size - 1, 0), SAMPLE).astype(np.int64))
        return True


def merged(start: Places, stop: Places) -> Places:
    """Byte ranges as whole pages in order, those close together as one, none longer than `LONGEST`: `(ranges, 2)`."""
    full = stop > start
    first, last = start[full] // PAGE * PAGE, -(-stop[full] // PAGE) * PAGE
    if not len(first):
        return np.empty((0, 2), np.int64)
    order = np.argsort(first, kind="stable")
    first, last = first[order], np.maximum.accumulate(last[order])
    apart = np.flatnonzero(first[1:] > last[:-1] + GAP) + 1
    begin, end = first[np.r_[0, apart]], last[np.r_[apart - 1, len(last) - 1]]
    parts = -(-(end - begin) // LONGEST)
    which = np.repeat(np.arange(len(parts)), parts)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(parts) - parts, parts)
    low = begin[which] + nth * LONGEST
    return np.column_stack([low, np.minimum(low + LONGEST, end[which])])


def random_access(mapped: Any) -> None:
    """Tell the kernel not to read around the places of a mapped file that are touched."""
    if isinstance(mapped, np.memmap) and hasattr(mmap, "MADV_RANDOM"):
        mapped._mmap.madvise(mmap.MADV_RANDOM)  # type: ignore[attr-defined]


def _cached(descriptor: int, places: Places) -> bool:
    """Whether a sample of the places is in the page cache: asking for what is there costs time too."""
    if not hasattr(os, "RWF_NOWAIT"):
        return not hasattr(os, "posix_fadvise")
    byte = bytearray(1)
    sample = places[np.linspace(0, len(places) - 1, min(SAMPLE, len(places))).astype(int)]
    try:
        for place in sample.tolist():
            os.preadv(descriptor, [byte], place, os.RWF_NOWAIT)
    except BlockingIOError:
        return False
    return True


def _advise(descriptor: int, ranges: Places) -> None:
    def ask(part: Places) -> None:
        for low, high in part.tolist():
            os.posix_fadvise(descriptor, low, high - low, os.POSIX_FADV_WILLNEED)

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(ask, np.array_split(ranges, min(THREADS, len(ranges)))))
