"""Tidy text, and which texts mean that nothing is known."""

from __future__ import annotations

import polars as pl

EVERYWHERE = frozenset(
    ("", "-", "--", "---", ".", "?", "n/a", "#n/a", "n.a.", "unknown", "not known", "none", "not available")
)
# Na, Null and Nil are also names of people
NOT_FOR_NAMES = frozenset(("na", "null", "nil", "nan", "tbc", "tba", "missing", "blank", "not recorded", "x"))
BY_KIND = {"postcode": frozenset(("nfa", "no fixed abode", "no fixed address", "homeless", "no address"))}

INVISIBLE = "[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]"
UNEVEN = r"\s\s|[^\S ]"


def tidy(text: pl.Series) -> pl.Series:
    """Text in composed form, without invisible characters, runs of spaces and line breaks as one space."""
    # the steps are dear on long lists and most columns need none of them
    if not (text.str.len_bytes() == text.str.len_chars()).all():
        text = text.str.normalize("NFC").str.replace_all(INVISIBLE, "")
    if text.str.contains(UNEVEN).any():
        text = text.str.replace_all(r"\s+", " ")
    return text.str.strip_chars(" ")


def known_text(text: pl.Series, kind: str) -> pl.Series:
    """Tidy text of a column of this kind, null where it means that the value is missing."""
    tokens = EVERYWHERE | BY_KIND.get(kind, frozenset())
    if kind != "name":
        tokens |= NOT_FOR_NAMES
    tidied = tidy(text)
    return tidied.set(tidied.str.to_lowercase().is_in(sorted(tokens)), None)
