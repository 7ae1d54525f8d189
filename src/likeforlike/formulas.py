"""Text that a spreadsheet would take for a formula, made harmless."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

ACTS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(name: str) -> pl.Expr:
    """The column `name` of text, with an apostrophe before what acts as a formula."""
    import polars as pl

    acts = pl.any_horizontal(pl.col(name).str.starts_with(sign) for sign in ACTS_AS_FORMULA)
    return pl.when(acts).then(pl.concat_str(pl.lit("'"), name)).otherwise(name).alias(name)


def harmless_text(text: str) -> str:
    """One text, with an apostrophe before it if it acts as a formula."""
    return f"'{text}" if text.startswith(ACTS_AS_FORMULA) else text
