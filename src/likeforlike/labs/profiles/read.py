"""Reads the profiles that come with the package."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from likeforlike.labs.profiles.model import Rules

HERE = Path(__file__).parent / "rules"


@cache
def load_profile(name: str) -> Rules:
    """The rules of that name, one of `PROFILES`."""
    return Rules.model_validate(tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8")))
