"""Which software made a result."""

from __future__ import annotations

import platform
from importlib.metadata import version

PACKAGES = ("likeforlike", "duckdb", "numpy", "polars", "scipy", "splink")


def software_versions() -> dict[str, str]:
    """Versions of the packages whose numbers enter a result."""
    return {"python": platform.python_version(), **{p: version(p) for p in PACKAGES}}
