"""Reads which first names stand for which others, from `nicknames.csv`."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "nicknames.csv"


@cache
def nickname_roots() -> dict[str, str]:
    """Each first name, in standard form, with the name that its group goes by; groups are apart."""
    roots: dict[str, str] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for root, *others in csv.reader(file):
            roots |= dict.fromkeys((root, *others), root)
    return roots
