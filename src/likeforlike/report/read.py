"""Reads the report's own words and style, which come with the package."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

HERE = files("likeforlike.report")


def languages() -> tuple[str, ...]:
    """Languages with words of their own, complete or not."""
    return tuple(sorted(folder.name for folder in HERE.joinpath("text").iterdir() if folder.is_dir()))


CHROME = ("report", "trial", "annex")
"""Files of the report's own words; `columns` is for tables as data."""


@cache
def chrome(language: str = "en") -> dict[str, Any]:
    """The report's own words in a language: the sections of the files of `text/<language>/`."""
    return {name: words for part in CHROME for name, words in _words(language, part).items()}


@cache
def columns(language: str = "en") -> dict[str, dict[str, str]]:
    """What tables and columns are called in a language: sections of `text/<language>/columns.toml`."""
    return _words(language, "columns")


def _words(language: str, part: str) -> dict[str, Any]:
    return tomllib.loads(HERE.joinpath("text", language, f"{part}.toml").read_text(encoding="utf-8"))


@cache
def template(name: str) -> str:
    """The text of a file in `templates/`."""
    return HERE.joinpath("templates", name).read_text(encoding="utf-8")


def examples() -> tuple[str, ...]:
    """Labs of which there is an example release."""
    return tuple(
        sorted(
            f.name.removesuffix(".json")
            for f in HERE.joinpath("examples").iterdir()
            if f.name.endswith(".json")
        )
    )


def example(lab: str) -> str:
    """The text of a lab's example release."""
    return HERE.joinpath("examples", f"{lab}.json").read_text(encoding="utf-8")
