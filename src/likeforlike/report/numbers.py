"""How numbers are written: separators, minus signs, decimals, dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

MINUS = "\N{MINUS SIGN}"


def fixed(value: float, decimals: int) -> str:
    """A number with a true minus sign, thousands separated, never a negative zero.

    >>> fixed(-1234.5, 1), fixed(-0.0, 0)
    ('−1,234.5', '0')
    """
    text = f"{abs(value):,.{decimals}f}"
    is_zero = not any(c in text for c in "123456789")
    return text if value >= 0 or is_zero else MINUS + text


def people(count: int) -> str:
    """A number of people: `1,200`."""
    return f"{count:,}"


def plain(value: float) -> str:
    """A released number as it stands, without trailing zeros: `34.2`, `31`."""
    digits = -min(0, int(Decimal(repr(value)).normalize().as_tuple().exponent))
    return fixed(value, digits)


def percent(value: float, decimals: int = 0) -> str:
    """A percentage: `31%`."""
    return f"{fixed(value, decimals)}%"


def per_hundred(value: float) -> str:
    """A number per person as a whole number per 100: 0.82 becomes `82`."""
    return fixed(value * 100, 0)


def p_value(value: float, smallest: str) -> str:
    """A p-value to three decimals; one that was rounded to zero becomes the `smallest` text."""
    return smallest if value == 0 else fixed(value, 3)


def month_year(day: date, months: Sequence[str]) -> str:
    """`June 2024`."""
    return f"{months[day.month - 1]} {day.year}"


def day_month_year(day: date, months: Sequence[str]) -> str:
    """`30 June 2024`."""
    return f"{day.day} {month_year(day, months)}"
