"""Numbers by which the police and prisons know a person."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

Integers = NDArray[np.int64]

PERSON_MODULUS = 99_999_989
"""A prime above the largest number of people, so that the scrambled numbers never collide."""
CHECK_LETTERS = list("ZABCDEFGHJKLMNPQRTUVWXY")
PRISON_NUMBERS = 26 * 10_000 * 26 * 26
LETTERS = list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


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
