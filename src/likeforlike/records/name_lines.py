"""The standardised name records as lines of text on disk: any line is fetched without reading the others.

Row by row, because a look-up wants all of a few records; column by column it would touch ten times the pages.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from likeforlike.records.prefetch import Prefetch

SEPARATOR = "\x1f"
RECORD = "record"


def line_sql(columns: tuple[str, ...]) -> str:
    """An expression for the line of a record: its values in order, empty where null."""
    *first, last = columns
    texts = [f"replace(coalesce({c}, ''), chr({ord(SEPARATOR)}), '')" for c in first]
    return f" || chr({ord(SEPARATOR)}) || ".join([*texts, f"coalesce({last}, '')"])


@dataclass(frozen=True, slots=True, repr=False)
class NameLines:
    """Line `i` stands from `offsets[i]` to `offsets[i + 1]` of `text`; both are usually memory-mapped."""

    columns: tuple[str, ...]
    offsets: NDArray[np.int64]
    text: NDArray[np.uint8]
    prefetch: tuple[Prefetch, Prefetch] | None = None
    """Of offsets and text."""

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def take(self, records: pl.Series) -> pl.DataFrame:
        """The records of these numbers, in their order: `record` and the columns, null where empty."""
        self._ask_for(records.to_numpy())
        buffers = [None, pa.py_buffer(self.offsets), pa.py_buffer(self.text)]
        lines = pa.Array.from_buffers(pa.large_string(), len(self), buffers)
        taken = pl.Series("line", lines.take(records.to_arrow()))
        fields = taken.str.splitn(SEPARATOR, len(self.columns)).struct.unnest()
        named = fields.rename(dict(zip(fields.columns, self.columns, strict=True)))
        return named.select(
            records.alias(RECORD),
            *(pl.when(pl.col(c) != "").then(c) for c in self.columns),
        )

    def _ask_for(self, records: NDArray[np.int64]) -> None:
        if self.prefetch:
            offsets, text = self.prefetch
            offsets.ask(records, records + 2)
            text.ask(self.offsets[records], self.offsets[records + 1])
