"""Reads the report's own words and style, which come with the package."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

HERE = files("likeforlike.report")


@cache
def chrome(language: str = "en") -> dict[str, Any]:
    """The report's own words in a language: sections of `text/<language>.toml`."""
    return tomllib.loads(HERE.joinpath("text", f"{language}.toml").read_text(encoding="utf-8"))


@cache
def columns(language: str = "en") -> dict[str, dict[str, str]]:
    """What tables and columns are called in a language: sections of `text/columns.<language>.toml`."""
    text = HERE.joinpath("text", f"columns.{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


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
