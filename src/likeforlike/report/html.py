"""Fills the HTML templates; everything that comes from a release is escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, FunctionLoader, StrictUndefined

from likeforlike.report.places import capital
from likeforlike.report.read import template

Finder = Callable[[str], str | None]
"""Gives the text of a template by its name, or nothing where it has none of that name."""


def fill(name: str, **context: Any) -> str:
    """The text of a template with its context; a name that the context misses is an error."""
    return environment(template).get_template(name).render(**context)


def data_uri(svg: str) -> str:
    """An SVG as an address that needs no request."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


@cache
def environment(*finders: Finder) -> Environment:
    """What fills templates, each looked for by the finders in turn."""
    made = Environment(
        loader=ChoiceLoader([FunctionLoader(finder) for finder in finders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"data_uri": data_uri, "capital": capital}
    return made
