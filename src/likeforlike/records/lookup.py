"""What linkage looks up in a register: name records by blocking key, and how common a name is.

The files are memory-mapped, so opening a register of any size costs nothing and a request reads only the
pages that it needs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from likeforlike.errors import RegisterProblem
from likeforlike.records.hash_index import HashIndex, number_bits
from likeforlike.records.name_lines import NameLines
from likeforlike.records.prefetch import Prefetch, random_access

KEYS, FREQUENCIES, TEXT, OFFSETS = "keys.bin", "frequencies.bin", "names.txt", "names.bin"
FILE = "lookup.json"
HASHED = "like for like"
HASH_SQL = f"select hash('{HASHED}') as hash"


@dataclass(frozen=True, slots=True, repr=False)
class Lookup:
    """Open files of a register's `linkage` folder."""

    keys: HashIndex
    """The numbers are records, by blocking rule and value."""
    frequencies: HashIndex
    """The numbers are counts of records, by field and value."""
    names: NameLines
    known: dict[str, int]
    """Records in which each weighed field is filled."""


def open_lookup(folder: Path, hash_now: int) -> Lookup:
    """Map the files of a `linkage` folder.

    Parameters
    ----------
    folder
        The folder.
    hash_now
        What `HASH_SQL` gives with the DuckDB in use: an index must be read with the hash it was made with.

    Raises
    ------
    RegisterProblem
        The register was built with a DuckDB that hashes otherwise.
    """
    about: dict[str, Any] = json.loads((folder / FILE).read_bytes())
    if about["hash"] != hash_now:
        raise RegisterProblem("The register was built with another version of DuckDB: build it again.")
    bits = number_bits(about["records"])
    return Lookup(
        keys=HashIndex(_mapped(folder / KEYS, np.uint64), bits, Prefetch(folder / KEYS, 8)),
        frequencies=HashIndex(_mapped(folder / FREQUENCIES, np.uint64), bits),
        names=NameLines(
            *(tuple(about["columns"]), _mapped(folder / OFFSETS, np.int64), _mapped(folder / TEXT, np.uint8)),
            prefetch=(Prefetch(folder / OFFSETS, 8), Prefetch(folder / TEXT, 1)),
        ),
        known=about["known"],
    )


def _mapped(path: Path, dtype: type[np.generic]) -> Any:
    # an empty file cannot be mapped
    if not path.stat().st_size:
        return np.empty(0, dtype)
    mapped = np.memmap(path, dtype, "r")
    random_access(mapped)
    return mapped
