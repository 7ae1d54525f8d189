"""Reads which names stand for which others: first names and what people are called, and ways to write a name."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
FILES = ("nicknames.csv", "spellings.csv")


@cache
def name_roots() -> dict[str, str]:
    """Each name, in standard form, with the name that its group goes by; groups are apart."""
    roots: dict[str, str] = {}
    for name in FILES:
        with (HERE / name).open(encoding="utf-8", newline="") as file:
            for root, *others in csv.reader(file):
                roots |= dict.fromkeys((root, *others), root)
    return roots
