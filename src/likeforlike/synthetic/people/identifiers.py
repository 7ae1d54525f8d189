"""Numbers by which departments know a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.labs.definition import Lab
from likeforlike.synthetic.people.patterns import from_pattern

Integers = NDArray[np.int64]

PERSON_MODULUS = 99_999_989
"""A prime above the largest number of people, so that the scrambled numbers never collide."""
CHECK_LETTERS = list("ZABCDEFGHJKLMNPQRTUVWXY")
PRISON_NUMBERS = 26 * 10_000 * 26 * 26
LETTERS = list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
FIRST_YEAR, LAST_YEAR = 1990, 2024


@dataclass(frozen=True, slots=True)
class Identifier:
    """An official number: what list and records call it, and the form it must have."""

    name: str
    recorded: str
    pattern: str

    def values(self, index: Integers, born: Integers) -> pl.Series:
        """The numbers of these people, born in these years."""
        known = WRITTEN_OTHERWISE.get(self.name)
        return known(index, born) if known else from_pattern(self.pattern, index)


def identifiers_of(lab: Lab) -> tuple[Identifier, ...]:
    """The official numbers that the lab links by."""
    fields = [field for field in lab.linkage.field if field.kind == "identifier"]
    return tuple(Identifier(f.cohort, f.records, lab.columns.get(f.cohort).pattern) for f in fields)


def person_ids(index: Integers) -> pl.Series:
    """The department's own number, in no order that means anything."""
    scrambled = (index * 48_271_199 + 7_654_321) % PERSON_MODULUS
    return "P" + pl.Series(scrambled).cast(pl.String).str.zfill(8)


def pnc_ids(index: Integers, year: Integers) -> pl.Series:
    """Police National Computer numbers such as `2001/0123456A`.

    The last letter checks the rest: the two-digit year and the serial number, modulo 23.
    """
    serial = (index * 7_919 + 1_234_567) % 10_000_000
    check = pl.Series(CHECK_LETTERS).gather(((year % 100) * 10_000_000 + serial) % len(CHECK_LETTERS))
    return pl.Series(year).cast(pl.String) + "/" + pl.Series(serial).cast(pl.String).str.zfill(7) + check


def prison_ids(index: Integers) -> pl.Series:
    """Prison numbers such as `A1234BC`."""
    number = (index * 86_028_121 + 31_337) % PRISON_NUMBERS
    letters = pl.Series(LETTERS)
    digits = pl.Series(number // 676 % 10_000).cast(pl.String).str.zfill(4)
    return (
        letters.gather(number // 6_760_000)
        + digits
        + letters.gather(number // 26 % 26)
        + letters.gather(number % 26)
    )


WRITTEN_OTHERWISE: dict[str, Callable[[Integers, Integers], pl.Series]] = {
    "pnc_id": lambda index, born: pnc_ids(index, np.clip(born + 15 + index % 11, FIRST_YEAR, LAST_YEAR)),
    "prison_id": lambda index, _: prison_ids(index),
}
"""Numbers that departments write in another form than the one they are compared in, or that mean something."""
