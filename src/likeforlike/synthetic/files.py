"""Writes the twin's files."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import polars as pl
from pyarrow import parquet

from likeforlike.errors import LabProblem
from likeforlike.labs.definition import Lab, RecordTable

TYPES: dict[str, type[pl.DataType]] = {
    "text": pl.String,
    "date": pl.Date,
    "integer": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
}
OLDEST = pl.CompatLevel.oldest()
"""Arrow types that every reader knows."""
UNFINISHED = ".unfinished"


class RecordsWriter:
    """The department's tables as Parquet, written piece by piece so that memory stays flat."""

    def __init__(self, lab: Lab, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.tables = {t.name: t for t in lab.records.table}
        self.schemas = {t.name: _schema(t) for t in lab.records.table}
        self.rows = dict.fromkeys(self.tables, 0)
        self.writers: dict[str, Any] = {
            name: _writer(folder / f"{name}.parquet", schema) for name, schema in self.schemas.items()
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with ExitStack() as every:
            for writer in self.writers.values():
                every.callback(writer.close)

    def write(self, frames: Mapping[str, pl.DataFrame]) -> None:
        """Add rows to each table.

        Raises
        ------
        LabProblem
            The tables are not those of the lab's `records.toml`.
        """
        for name, schema in self.schemas.items():
            missing = [c for c in schema if name not in frames or c not in frames[name].columns]
            if missing:
                raise LabProblem(
                    f"records.toml: the twin's histories do not fill the column '{name}.{missing[0]}': "
                    "take it out, or choose another model in synthetic.toml."
                )
            frame = frames[name].select(pl.col(c).cast(t) for c, t in schema.items())
            self.writers[name].write_table(frame.to_arrow(compat_level=OLDEST))
            self.rows[name] += len(frame)

    def sorted_by_key(self, parts: list[dict[str, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
        """The parts as one, in the order of each table's key."""
        return {
            name: pl.concat([p[name] for p in parts]).sort(*table.key)
            for name, table in self.tables.items()
            if all(name in p for p in parts)
        }


@contextmanager
def all_or_nothing(out: Path) -> Iterator[Path]:
    """A folder whose contents replace those of `out` when the work is done, and vanish when it fails.

    Then `out` and the folders above it go too, if they are new.
    """
    unfinished = out / UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    new = [place for place in (out, *out.parents) if not place.exists()]
    try:
        unfinished.mkdir(parents=True)
        yield unfinished
        for part in sorted(unfinished.iterdir()):
            shutil.rmtree(out / part.name, ignore_errors=True)
            part.rename(out / part.name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        for place in new:
            # what has content stays
            with suppress(OSError):
                place.rmdir()


def write_toml(path: Path, lines: Mapping[str, str]) -> None:
    """Write keys and values already in TOML's form."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{k} = {v}\n" for k, v in lines.items()), encoding="utf-8")


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON object."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_frame(path: Path, frame: pl.DataFrame) -> None:
    """Write a frame as Parquet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # by way of memory: polars cannot say that a disk is full, and may call it a transport error
    frame.write_parquet(content := io.BytesIO(), compression="zstd")
    path.write_bytes(content.getbuffer())


def _schema(table: RecordTable) -> dict[str, type[pl.DataType]]:
    return {c.name: TYPES[c.type] for c in table.column}


def _writer(path: Path, schema: Mapping[str, type[pl.DataType]]) -> Any:
    empty = pl.DataFrame(schema=dict(schema)).to_arrow(compat_level=OLDEST)
    open_writer: Any = parquet.ParquetWriter
    return open_writer(path, empty.schema, compression="zstd", compression_level=1)
