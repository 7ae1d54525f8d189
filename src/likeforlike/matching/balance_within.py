"""How alike the groups are within each sub-group: a match that is good overall may be poor among women."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from likeforlike.labs.definition import Covariate, MatchingDefaults
from likeforlike.matching.balance import Binary, Denominator, balance_table, overall_light
from likeforlike.matching.balance_columns import NOT_RECORDED, Sides
from likeforlike.matching.effective import effective_size

WORST = {
    "subgroup": pl.String,
    "treated": pl.Int64,
    "matched": pl.Int64,
    "comparison": pl.Int64,
    "effective_comparison": pl.Float64,
    "covariate": pl.String,
    "level": pl.String,
    "worst_smd": pl.Float64,
    "not_comparable": pl.Int64,
    "light": pl.String,
}


@dataclass(frozen=True, slots=True)
class BalanceWithin:
    """`worst` has one row a sub-group; `table` has the balance table of each, told apart by `subgroup`.

    In `worst`, `covariate level worst_smd` are those of the largest finite SMD after matching, `not_comparable`
    counts the rows without a finite one, and `light` is the worst of all rows.
    """

    worst: pl.DataFrame
    table: pl.DataFrame

    def to_frame(self) -> pl.DataFrame:
        return self.worst

    def to_dict(self) -> dict[str, Any]:
        return {"worst": self.worst.to_dicts(), "table": self.table.to_dicts()}

    def summary(self) -> str:
        if self.worst.is_empty():
            return "There are no sub-groups."
        return "\n".join(
            f"{row['subgroup']}: {row['matched']:,} participants matched; {row['light']}; "
            + ("nothing to compare" if row["worst_smd"] is None else f"largest {row['worst_smd']:.3f}")
            for row in self.worst.iter_rows(named=True)
        )


def balance_within(
    frame: pl.DataFrame,
    covariates: list[Covariate],
    lights: MatchingDefaults,
    groups: pl.Series | str,
    *,
    denominator: Denominator = "treated",
    binary: Binary = "std",
) -> BalanceWithin:
    """The balance table of each sub-group, with its own standard deviations, as cobalt has it for `cluster`.

    Parameters
    ----------
    frame, covariates, lights, denominator, binary
        As for `balance_table`.
    groups
        Sub-group of each unit, (units,), or the column that holds it; units without one form a sub-group too.
    """
    series = frame[groups] if isinstance(groups, str) else groups
    names = series.cast(pl.String).fill_null(NOT_RECORDED)
    wanted = [c.name for c in covariates]
    worst, tables = [], []
    for name in sorted(names.unique().to_list()):
        part = frame.lazy().select("treated", "weight", *wanted).filter(names == name).collect()
        table = balance_table(part, covariates, lights, denominator=denominator, binary=binary)
        worst.append({"subgroup": name, **_sizes(part), **_worst(table), "light": overall_light(table)})
        tables.append(table.insert_column(0, pl.Series("subgroup", [name] * table.height, dtype=pl.String)))
    return BalanceWithin(
        pl.DataFrame(worst, schema=WORST),
        pl.concat(tables) if tables else balance_table(frame, [], lights).clear(),
    )


def _sizes(part: pl.DataFrame) -> dict[str, float]:
    sides = Sides.of(part)
    return {
        "treated": len(sides.at),
        "matched": int(np.count_nonzero(sides.at)),
        "comparison": int(np.count_nonzero(sides.pool)),
        "effective_comparison": effective_size(sides.pool),
    }


def _worst(table: pl.DataFrame) -> dict[str, Any]:
    finite = table.filter(pl.col("smd_after").is_finite())
    nothing = {"covariate": None, "level": None, "worst_smd": None}
    largest = finite.sort(pl.col("smd_after").abs(), descending=True, maintain_order=True).head(1)
    row = largest.select("covariate", "level", worst_smd="smd_after").to_dicts()
    return {**(row[0] if row else nothing), "not_comparable": table.height - finite.height}
