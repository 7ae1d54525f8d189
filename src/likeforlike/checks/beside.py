"""Estimates of one effect made in several ways, side by side."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from likeforlike.checks.verdicts import known
from likeforlike.estimates.difference import Difference

COLUMNS = ("estimate", "std_error", "conf_low", "conf_high", "p_value")


def side_by_side(ways: Mapping[str, Difference | None], primary: Difference) -> pl.DataFrame:
    """`item estimate std_error conf_low conf_high p_value change change_in_errors`, null where not known.

    Parameters
    ----------
    ways
        Title of each way, and what it gave.
    primary
        What `change` is held against, in its own unit and in the primary standard error.
    """
    rows = []
    for title, found in ways.items():
        row: dict[str, object] = {"item": title}
        if found is not None and known(found):
            change = found.estimate - primary.estimate
            row |= {key: getattr(found, key) for key in COLUMNS}
            row |= {"change": change, "change_in_errors": change / primary.std_error}
        rows.append(row)
    numbers = dict.fromkeys((*COLUMNS, "change", "change_in_errors"), pl.Float64)
    return pl.DataFrame(rows, schema={"item": pl.String, **numbers})
