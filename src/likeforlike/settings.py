"""Where and how a lab runs on this machine; the only module that reads the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass

from likeforlike.errors import InputProblem


@dataclass(frozen=True, slots=True)
class Settings:
    """What a machine may use."""

    threads: int
    """LIKEFORLIKE_THREADS: threads of the query engine (default: all cores)."""
    memory: str
    """LIKEFORLIKE_MEMORY: memory limit of the query engine, like `3GB` (default `2GB`)."""


def read_settings(environment: dict[str, str] | None = None) -> Settings:
    """Read the settings from the environment."""
    env = dict(os.environ) if environment is None else environment
    threads = env.get("LIKEFORLIKE_THREADS", str(os.cpu_count() or 1))
    if not threads.isdecimal() or int(threads) < 1:
        raise InputProblem(
            f"LIKEFORLIKE_THREADS is '{threads}': set it to a whole number from 1, or unset it."
        )
    return Settings(threads=int(threads), memory=env.get("LIKEFORLIKE_MEMORY", "2GB"))
