r"""Values of a simple pattern, such as `^[A-Z]{2}\d{6}[A-D]$`: one for each number, none twice."""

from __future__ import annotations

import re

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.errors import LabProblem

PIECE = re.compile(r"(\\d|\[[^\]^]+\]|[A-Z0-9/ -])(?:\{(\d+)\})?")
STEP = 2_654_435_761
"""A prime, so that neighbours in number are far apart in value and no value comes twice."""


def from_pattern(pattern: str, index: NDArray[np.int64]) -> pl.Series:
    r"""One value of the pattern for each number.

    >>> from_pattern(r"^[A-C]\d{2}$", np.array([0, 1, 2])).to_list()
    ['A00', 'C61', 'C22']

    Raises
    ------
    LabProblem
        The pattern is not a row of letters, digits and character classes, each perhaps repeated `{n}` times.
    """
    places = _places(pattern)
    total = int(np.prod([len(p) for p in places], dtype=np.float64).clip(max=2**40))
    left = (index * STEP) % total
    value = pl.Series([""] * len(index), dtype=pl.String)
    for letters in reversed(places):
        value = pl.Series(letters).gather(left % len(letters)) + value
        left = left // len(letters)
    return value


def _places(pattern: str) -> list[list[str]]:
    """The characters allowed at each place."""
    body = pattern.removeprefix("^").removesuffix("$")
    if not body or PIECE.sub("", body):
        raise LabProblem(
            f"columns.toml: a twin cannot make identifiers of the 'pattern' {pattern!r}: write it as letters, digits "
            "and classes such as [A-Z], each perhaps with {n}."
        )
    found: list[list[str]] = []
    for piece, times in PIECE.findall(body):
        found += [_characters(piece)] * int(times or 1)
    return found


def _characters(piece: str) -> list[str]:
    if piece == r"\d":
        return list("0123456789")
    if not piece.startswith("["):
        return [piece]
    spelt = re.sub(r"(.)-(.)", lambda m: "".join(map(chr, range(ord(m[1]), ord(m[2]) + 1))), piece[1:-1])
    return sorted(set(spelt.replace(r"\d", "0123456789")))
