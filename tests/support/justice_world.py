"""A police computer of a handful of people, written row by row in the tests that need it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import polars as pl

from support.tiny_engine import TinyEngine

BORN = date(1990, 1, 1)


@dataclass
class World:
    """Collects people, disposals and offences; `engine()` runs the lab's SQL over them."""

    vintage: date = date(2024, 6, 30)
    people: list[dict] = field(default_factory=list)
    disposals: list[dict] = field(default_factory=list)
    offences: list[dict] = field(default_factory=list)

    def person(self, name: str, **facts: object) -> str:
        usual = {"sex": "male", "date_of_birth": BORN, "ethnicity": "white", "nationality": "uk"}
        self.people.append({"person_id": name, **usual, **facts})
        return name

    def sentenced(
        self,
        person: str,
        disposed: date,
        *,
        index: date | None = None,
        kind: str = "court order",
        **facts: object,
    ) -> str:
        """A disposal with one offence on the same day (or as `offence_date`, `breach`, `offence_group` say)."""
        offence = {
            "offence_date": facts.pop("offence_date", disposed), "breach": facts.pop("breach", False),
            "offence_group": facts.pop("offence_group", "violence"), "offence_class": "summary", "seriousness": 50,
        }  # fmt: skip
        event = f"{person}-{disposed:%Y%m%d}"
        usual = {"custody_days": 100 if kind == "custody" else None, "region": "London"}
        self.disposals.append(
            {"disposal_id": event, "person_id": person, "disposal_date": disposed, "kind": kind,
             "index_date": index or disposed, **usual, **facts}
        )  # fmt: skip
        self.offences.append(
            {
                "offence_id": f"{event}-{len(self.offences)}",
                "person_id": person,
                "disposal_id": event,
                **offence,
            }
        )
        return event

    def engine(self) -> TinyEngine:
        days = {"custody_days": pl.Int64}
        tables = {
            "people": pl.DataFrame(self.people),
            "disposals": pl.DataFrame(self.disposals, schema_overrides=days, infer_schema_length=None),
            "offences": pl.DataFrame(self.offences),
        }
        return TinyEngine(self.vintage, tables)
