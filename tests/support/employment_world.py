"""A handful of people with jobs, claims and courses, written row by row in the tests that need them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from support.tiny_engine import TinyEngine

INDEX = date(2021, 6, 1)
SCHEMAS = {
    "jobs": {"job_id": pl.String, "start_date": pl.Date, "end_date": pl.Date, "weekly_pay": pl.Float64},
    "claims": {"claim_id": pl.String, "start_date": pl.Date, "end_date": pl.Date, "benefit": pl.String},
    "courses": {"course_id": pl.String, "start_date": pl.Date, "end_date": pl.Date, "passed": pl.Boolean},
}


@dataclass
class Life:
    """One person; days are counted from the index date, and None is a spell that goes on."""

    spells: dict[str, list[dict]] = field(default_factory=lambda: {name: [] for name in SCHEMAS})

    def job(self, first: int, last: int | None, pay: float = 400.0) -> Life:
        return self._add("jobs", first, last, weekly_pay=pay)

    def claim(self, first: int, last: int | None, benefit: str = "jobseeker's allowance") -> Life:
        return self._add("claims", first, last, benefit=benefit)

    def course(self, first: int, last: int | None, *, passed: bool | None = None) -> Life:
        return self._add("courses", first, last, passed=passed)

    def engine(self) -> TinyEngine:
        born = {"person_id": ["a"], "sex": ["female"], "date_of_birth": [date(1995, 1, 1)],
                "ethnicity": ["asian"], "disabled": [None], "region": ["Wales"]}  # fmt: skip
        tables = {"people": pl.DataFrame(born, schema_overrides={"disabled": pl.Boolean})}
        for name, rows in self.spells.items():
            tables[name] = pl.DataFrame(rows, schema={"person_id": pl.String, **SCHEMAS[name]})
        return TinyEngine(date(2024, 9, 30), tables)

    def _add(self, table: str, first: int, last: int | None, **facts: object) -> Life:
        end = None if last is None else INDEX + timedelta(last)
        number = f"{table}-{len(self.spells[table])}"
        key = next(iter(SCHEMAS[table]))
        row = {key: number, "start_date": INDEX + timedelta(first), "end_date": end, **facts}
        self.spells[table].append({"person_id": "a", **row})
        return self


def chosen(index: date = INDEX) -> pl.DataFrame:
    """The one event that is asked about."""
    return pl.DataFrame({"event_id": ["e"], "person_id": ["a"], "index_date": [index]})
