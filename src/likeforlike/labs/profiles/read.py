"""Reads the profiles that come with the package."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

RULES = Path(__file__).parent / "rules"


@cache
def rules_of(name: str) -> Mapping[str, Any]:
    """The keys of a profile; none where there is no profile of that name."""
    path = RULES / f"{name}.toml"
    return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {})
