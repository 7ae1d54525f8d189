"""The hash that proves a match unchanged: of the plan, the calliper, and everything about every unit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
import polars as pl


def seal(plan_sha256: str, caliper: float, frame: pl.DataFrame) -> str:
    """SHA-256 of the values, column by column; how they are stored makes no difference."""
    digest = hashlib.sha256(f"{plan_sha256} {caliper!r} {frame.height}\n".encode())
    for column in frame.iter_columns():
        digest.update(f"{column.name}\n".encode())
        for part in _bytes(column):
            digest.update(part)
    return digest.hexdigest()


def _bytes(column: pl.Series) -> Iterator[bytes]:
    missing = column.is_null().to_numpy()
    yield np.packbits(missing).tobytes()
    if column.dtype in (pl.String, pl.Categorical, pl.Enum):
        text = column.cast(pl.String).fill_null("")
        yield text.str.len_bytes().cast(pl.UInt32).to_numpy().tobytes()
        yield str(text.str.join("").item() or "").encode()
    else:
        numbers = column.to_physical()
        whole = pl.Float64 if numbers.dtype.is_float() else pl.Int64
        yield numbers.cast(whole).fill_null(0).to_numpy().tobytes()
