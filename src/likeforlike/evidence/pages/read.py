"""Reads the words and templates of the pages, which come with the package."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

HERE = files("likeforlike.evidence.pages")


@cache
def words(language: str = "en") -> dict[str, Any]:
    """The pages' own words in a language: sections of `text/<language>.toml`."""
    return tomllib.loads(HERE.joinpath("text", f"{language}.toml").read_text(encoding="utf-8"))


@cache
def template(name: str) -> str | None:
    """The text of a file in `templates/`, or nothing where there is no such file."""
    file = HERE.joinpath("templates", name)
    return file.read_text(encoding="utf-8") if file.is_file() else None
