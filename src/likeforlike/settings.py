"""Where and how a lab runs on this machine; the only module that reads the environment."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from likeforlike.errors import InputProblem
from likeforlike.terms import EngineName

UNITS = {
    "KB": 1e3,
    "MB": 1e6,
    "GB": 1e9,
    "TB": 1e12,
    "KIB": 2**10,
    "MIB": 2**20,
    "GIB": 2**30,
    "TIB": 2**40,
}
MEMORY = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([KMGT]I?B)")
LEAST, MOST = 100e6, 1e15
"""Bytes: below it hardly any query runs, above it no machine is."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a machine may use."""

    threads: int
    """LIKEFORLIKE_THREADS: threads of the query engine (default: all cores)."""
    memory: str
    """LIKEFORLIKE_MEMORY: memory limit of the query engine, like `3GB`, at least `100MB` (default `2GB`)."""
    ledger: Path | None = None
    """LIKEFORLIKE_LEDGER: folder of the lab's ledger (default: `ledger`, beside the register)."""
    engine: EngineName = "duckdb"
    """LIKEFORLIKE_ENGINE: what runs queries over a register: `duckdb` (default), or `spark` for larger ones."""


def read_settings(environment: dict[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Raises
    ------
    InputProblem
        A setting is not what it should be.
    """
    env = dict(os.environ) if environment is None else environment
    threads = env.get("LIKEFORLIKE_THREADS", str(os.cpu_count() or 1))
    if not (threads.isascii() and threads.isdecimal() and 1 <= int(threads) <= 10_000):
        raise InputProblem(
            f"LIKEFORLIKE_THREADS is '{threads}': set it to a whole number from 1, or unset it."
        )
    ledger = env.get("LIKEFORLIKE_LEDGER")
    return Settings(
        threads=int(threads),
        memory=_memory(env.get("LIKEFORLIKE_MEMORY", "2GB")),
        ledger=Path(ledger) if ledger else None,
        engine=_engine(env.get("LIKEFORLIKE_ENGINE", "duckdb")),
    )


def _engine(wanted: str) -> EngineName:
    for name in get_args(EngineName):
        if wanted.strip().lower() == name:
            return cast(EngineName, name)
    raise InputProblem(f"LIKEFORLIKE_ENGINE is '{wanted}': set it to duckdb or spark, or unset it.")


def _memory(wanted: str) -> str:
    found = MEMORY.fullmatch(wanted.strip().upper())
    if not found or float(found[1]) * UNITS[found[2]] > MOST:
        raise InputProblem(
            f"LIKEFORLIKE_MEMORY is '{wanted}': set it to a number and a unit, like 3GB or 500MB, or unset it."
        )
    if float(found[1]) * UNITS[found[2]] < LEAST:
        raise InputProblem(
            f"LIKEFORLIKE_MEMORY is '{wanted}', which is too little: set it to 100MB or more, or unset it."
        )
    return f"{found[1]}{found[2]}"
