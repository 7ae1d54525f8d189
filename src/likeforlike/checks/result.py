"""What all checks found, as three tables that a vault can keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from likeforlike.checks.check import Finding

FINDINGS = {c: pl.String for c in ("check", "title", "term", "verdict", "summary", "why")}
FIGURES = {"check": pl.String, "term": pl.String, "figure": pl.String, "value": pl.Float64}
CELLS = {
    "check": pl.String,
    "term": pl.String,
    "row": pl.Int64,
    "item": pl.String,
    "column": pl.String,
    "value": pl.Float64,
}


@dataclass(frozen=True, slots=True, repr=False)
class Checks:
    """The findings of every check on every measure; for the vault only."""

    frame: pl.DataFrame
    """`check title term verdict summary why`, one row a finding."""
    figures: pl.DataFrame
    """`check term figure value`."""
    cells: pl.DataFrame
    """`check term row item column value`: the tables of all findings; see `table`."""

    @classmethod
    def of(cls, findings: Iterable[tuple[str, Finding]]) -> Checks:
        """Put findings together, each with the title of its check."""
        told, figures, cells = [], [], []
        for title, f in findings:
            told.append((f.check, title, f.term, f.verdict, f.summary, f.why))
            figures += [(f.check, f.term, key, value) for key, value in f.figures.items()]
            cells.append(_cells(f))
        return cls(
            pl.DataFrame(told, schema=FINDINGS, orient="row"),
            pl.DataFrame(figures, schema=FIGURES, orient="row"),
            pl.concat([pl.DataFrame(schema=CELLS), *cells]),
        )

    def __repr__(self) -> str:
        return f"<Checks: {self.frame.height} findings>"

    def verdicts(self) -> dict[str, int]:
        """How many findings there are of each verdict."""
        return dict(Counter(self.frame["verdict"].to_list()))

    def figures_of(self, check: str, term: str) -> dict[str, float]:
        """The figures of one finding."""
        of = self.figures.filter((pl.col("check") == check) & (pl.col("term") == term))
        return dict(of.select("figure", "value").iter_rows())

    def table(self, check: str, term: str) -> pl.DataFrame | None:
        """The table of one finding, as the check gave it; nothing where it gave none."""
        of = self.cells.filter((pl.col("check") == check) & (pl.col("term") == term))
        if not of.height:
            return None
        wide = of.pivot("column", index=["row", "item"], values="value", maintain_order=True)
        return wide.sort("row").drop("row")

    def summary(self) -> str:
        """Each finding in a line, by measure."""
        lines = [
            f"{row['term']}, {row['verdict'].replace('_', ' ')}: {row['summary']}"
            for row in self.frame.to_dicts()
        ]
        return "\n".join(lines) or "No check was made."

    def to_frame(self) -> pl.DataFrame:
        return self.frame

    def to_dict(self) -> dict[str, Any]:
        findings = []
        for row in self.frame.to_dicts():
            table = self.table(row["check"], row["term"])
            findings.append(
                {
                    **row,
                    "figures": self.figures_of(row["check"], row["term"]),
                    "table": [] if table is None else table.to_dicts(),
                }
            )
        return {"checks": findings}


def _cells(finding: Finding) -> pl.DataFrame:
    if finding.table is None:
        return pl.DataFrame(schema=CELLS)
    numbers = [name for name in finding.table.columns if name != "item"]
    rows = finding.table.with_columns(pl.col(numbers).cast(pl.Float64)).with_row_index("row")
    long = rows.unpivot(numbers, index=["row", "item"], variable_name="column", value_name="value")
    named = long.with_columns(check=pl.lit(finding.check), term=pl.lit(finding.term))
    return named.select(pl.col(name).cast(kind) for name, kind in CELLS.items())
