"""Writes what staff look at after linkage: quality tables, and the pairs to review. It stays in the vault."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from likeforlike.errors import InputProblem
from likeforlike.formulas import harmless

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


def write_inspection(tables: Mapping[str, pl.DataFrame], folder: Path) -> list[Path]:
    """Write each table as `NAME.csv`.

    Parameters
    ----------
    tables
        As `inspect_links` gives them.
    folder
        Where to; its files can be read by their owner only, and so can the folder if it is new.

    Raises
    ------
    InputProblem
        The folder cannot be written to.
    """
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        return [_write(folder / f"{name}.csv", table) for name, table in tables.items()]
    except OSError:
        raise InputProblem(f"'{folder.name}' cannot be written: check its space and permissions.") from None


def _write(path: Path, table: pl.DataFrame) -> Path:
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=PRIVATE_FILE, exist_ok=False)
    safe = table.with_columns(harmless(n) for n, kind in table.schema.items() if kind == pl.String)
    part.write_bytes(safe.write_csv(include_bom=True).encode())
    return part.replace(path)
