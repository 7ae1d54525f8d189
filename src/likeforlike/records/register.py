"""The department's records as the lab prepared them: clean tables, names to link to, a trained model."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from likeforlike.errors import LabProblem
from likeforlike.labs.definition import Lab
from likeforlike.records.engine import Engine, Parameters
from likeforlike.records.lookup import Lookup
from likeforlike.records.manifest import Manifest

if TYPE_CHECKING:
    import altair as alt
    import polars as pl


@dataclass(frozen=True, slots=True, repr=False)
class Register:
    """A register that is open; its tables are reached through `query` alone.

    Names are not among them: linkage looks them up by blocking key.
    """

    lab: Lab
    folder: Path
    vintage: date
    sha256: str
    manifest: Manifest
    linkage_model: dict[str, Any]
    """Splink's settings with trained parameters."""
    engine: Engine = field(compare=False)
    lookup: Lookup = field(compare=False)
    """The standardised name records by blocking key, and how common names are."""

    def __repr__(self) -> str:
        return f"<Register: {self.lab.name}, extract of {self.vintage.isoformat()}, {self.sha256[:12]}>"

    def query(self, sql: str, parameters: Parameters | None = None, **frames: pl.DataFrame) -> pl.DataFrame:
        """Run one `select` over the register's tables and `frames`; see `Engine.query`.

        Raises
        ------
        LabProblem
            The query cannot run; the sentence names the lab's file that it was made from.
        """
        try:
            return self.engine.query(sql, parameters, **frames)
        except LabProblem as problem:
            used = [f"sql/{name}.sql" for name, text in self.lab.sql if text in sql]
            raise LabProblem(": ".join([*used, str(problem)])) from None

    def summary(self) -> str:
        """What the register holds and what its checks found, in a few lines."""
        tables = [f"  {f['table']}: {f['rows']:,} rows of {f['rows_read']:,}" for f in self._tables()]
        checks = [f"  {c.sentence}" for c in self.manifest.checks] or ["  nothing"]
        head = f"Register of the lab '{self.lab.name}', extract of {self.vintage.isoformat()}"
        return "\n".join([head, *tables, self._model(), "Checks found:", *checks])

    def to_frame(self) -> pl.DataFrame:
        """The checks: `table, column, fault, rows, action`."""
        import polars as pl

        schema = {
            "table": pl.String,
            "column": pl.String,
            "fault": pl.String,
            "rows": pl.Int64,
            "action": pl.String,
        }
        return pl.DataFrame([c.model_dump() for c in self.manifest.checks], schema=schema)

    def plot(self) -> alt.Chart:
        """Rows of each table as bars."""
        from likeforlike.plots import table_plot

        return table_plot({table["table"]: table["rows"] for table in self._tables()})

    def to_dict(self) -> dict[str, Any]:
        """The manifest and the hash, ready for JSON; holds counts only."""
        return {"sha256": self.sha256, **self.manifest.model_dump(mode="json")}

    def _model(self) -> str:
        trained, drift = self.manifest.model_from, self.manifest.drift
        if trained is None:
            return "Linkage model: trained on this extract"
        return f"Linkage model: kept from the extract of {trained.isoformat()} (drift {drift:.2f} bits)"

    def _tables(self) -> list[dict[str, Any]]:
        rows = {name: self.manifest.entry(f"tables/{name}.parquet").rows for name in self.manifest.rows_read}
        return [
            {"table": n, "rows": rows[n], "rows_read": read} for n, read in self.manifest.rows_read.items()
        ]
