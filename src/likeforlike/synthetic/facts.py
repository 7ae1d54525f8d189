"""What a twin is, in a few numbers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl


@dataclass(frozen=True, slots=True)
class TwinFacts:
    """A twin on disk; nothing here is about a person."""

    lab: str
    people: int
    seed: int
    vintage: date
    rows: dict[str, int]
    """Rows of each of the department's tables."""
    listed: int
    """Rows of the provider's spreadsheet."""
    participants: int
    """People on the list who are in the records."""
    analysable: int
    """Of them, those who can be followed up and had no outcome before they started."""
    effect_wanted: float
    effect: float
    """Mean true effect on the headline rate of the analysable."""
    effect_amount: float
    """Mean true effect on what the model counts beside it: reoffences, or days."""
    rate_without: float
    """Their expected rate without the programme."""
    hazard_ratio: float
    folder: Path

    @property
    def records(self) -> Path:
        return self.folder / "records"

    @property
    def cohort(self) -> Path:
        return self.folder / "programme" / "participants.xlsx"

    @property
    def truth(self) -> Path:
        return self.folder / "truth"

    def summary(self) -> str:
        """A few lines for a person."""
        tables = ", ".join(f"{n:,} {t}" for t, n in self.rows.items())
        return (
            f"Synthetic twin of the lab '{self.lab}': {tables}; records to {self.vintage:%d %B %Y}.\n"
            f"The programme's list has {self.listed:,} rows; its true effect on the headline rate is "
            f"{100 * self.effect:+.1f} percentage points."
        )

    def to_frame(self) -> pl.DataFrame:
        """One row for each table."""
        return pl.DataFrame({"table": list(self.rows), "rows": list(self.rows.values())})

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready description, the same wherever the twin was written."""
        described = asdict(self)
        del described["folder"]
        return described | {"vintage": self.vintage.isoformat()}
