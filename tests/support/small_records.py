"""A small department: the four justice tables for a few hundred people with aliases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import polars as pl

from support.cohorts import person

VINTAGE = date(2024, 6, 30)
MALE = [
    "James", "David", "Michael", "Robert", "William", "Thomas", "Mohammed", "Daniel", "Christopher",
    "Jack", "Oliver", "Ryan", "Kyle", "Łukasz", "José"
]  # fmt: skip
FEMALE = [
    "Sarah", "Emma", "Laura", "Rebecca", "Elizabeth", "Jennifer", "Katherine", "Amy", "Hannah", "Zoë",
    "Siân", "Fatima", "Olivia", "Chloe"
]  # fmt: skip
FORENAMES = {"male": MALE, "female": FEMALE}
SURNAMES = [
    "Smith", "Jones", "Taylor", "Brown", "Williams", "Wilson", "Johnson", "Davies", "Patel", "Robinson",
    "Wright", "Thompson", "Evans", "Walker", "White", "Roberts", "Green", "Hall", "Wood", "Jackson",
    "Clarke", "Khan", "Ahmed", "O'Neill", "McDonald", "Begum", "Kowalski", "Smith-Jones", "Hughes",
    "Edwards", "Lewis", "Harris", "Martin", "Cooper", "King", "Lee", "Baker", "Harrison", "Morgan",
    "Singh", "Kaur", "Allen", "Morris", "Scott", "Watson", "Parker", "Bennett"
]  # fmt: skip
REGIONS = ["London", "North West", "Wales"]
KINDS = ["custody", "court order", "fine", "discharge", "caution"]
GROUPS = ["violence", "burglary other", "theft (non-motor)", "drug possession or supply", "criminal damage"]
CLASSES = ["indictable", "either way", "summary"]


@dataclass(frozen=True)
class SmallRecords:
    """The tables by name, all values as text as in a CSV export."""

    tables: dict[str, pl.DataFrame]

    def write(self, folder: Path, *, vintage: date | None = VINTAGE, kind: str = "csv") -> Path:
        """Write each table as `NAME.csv` or `NAME.parquet`, and `extract.toml`."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in self.tables.items():
            if kind == "csv":
                table.write_csv(folder / f"{name}.csv")
            else:
                table.write_parquet(folder / f"{name}.parquet")
        if vintage:
            (folder / "extract.toml").write_text(f"vintage = {vintage.isoformat()}\n")
        return folder

    def with_table(self, name: str, table: pl.DataFrame) -> SmallRecords:
        """The same department with one table changed."""
        return SmallRecords(self.tables | {name: table})


def small_records(people: int = 300, seed: int = 1) -> SmallRecords:
    """Invent a department: a third of the people have an alias, two thirds a prison number."""
    random = Random(seed)
    persons, names, disposals, offences = [], [], [], []
    for i in range(people):
        person = _person(random, i)
        persons.append(
            {k: person[k] for k in ("person_id", "sex", "date_of_birth", "ethnicity", "nationality")}
        )
        names += _names(random, person, len(names))
        for _ in range(random.randint(1, 4)):
            _disposal(random, person["person_id"], disposals, offences)
    tables = {"people": persons, "names": names, "disposals": disposals, "offences": offences}
    return SmallRecords({name: pl.DataFrame(rows, infer_schema_length=None) for name, rows in tables.items()})


def _person(random: Random, i: int) -> dict[str, Any]:
    sex = "female" if random.random() < 0.2 else "male"
    born = date(1950, 1, 1) + timedelta(days=random.randrange(18_000))
    return {
        "person_id": f"P{i:06d}",
        "sex": sex,
        "date_of_birth": born.isoformat(),
        "ethnicity": random.choice(["white", "white", "black", "asian", "unknown"]),
        "nationality": "uk",
        "forename": random.choice(FORENAMES[sex]),
        "surname": random.choice(SURNAMES),
        "postcode": f"LS{random.randint(1, 29)} {random.randint(1, 9)}{_letters(random, 2)}",
        "pnc_id": f"{random.randint(1990, 2020)}/{i:07d}{_letters(random, 1)}",
        "prison_id": f"{_letters(random, 1)}{i % 10_000:04d}{_letters(random, 2)}"
        if random.random() < 0.66
        else None,
    }


def _names(random: Random, person: dict[str, Any], start: int) -> list[dict[str, Any]]:
    columns = ("person_id", "forename", "surname", "date_of_birth", "sex", "postcode", "pnc_id", "prison_id")
    main = {c: person[c] for c in columns}
    rows = [main]
    if random.random() < 0.33:
        alias = main | {"surname": random.choice(SURNAMES), "prison_id": None}
        if random.random() < 0.5:
            alias |= {"surname": main["surname"], "forename": random.choice(FORENAMES[person["sex"]])}
        rows.append(alias)
    return [{"name_id": f"N{start + k:06d}", **row} for k, row in enumerate(rows)]


def _disposal(
    random: Random, person: str, disposals: list[dict[str, Any]], offences: list[dict[str, Any]]
) -> None:
    disposed = date(2018, 1, 1) + timedelta(days=random.randrange(1800))
    kind = random.choice(KINDS)
    days = random.randint(14, 700) if kind == "custody" else None
    disposal = f"D{len(disposals):06d}"
    disposals.append(
        {
            "disposal_id": disposal,
            "person_id": person,
            "disposal_date": disposed.isoformat(),
            "kind": kind,
            "index_date": (disposed + timedelta(days=(days or 0) // 2)).isoformat(),
            "custody_days": days,
            "region": random.choice(REGIONS),
        }
    )
    for _ in range(random.randint(1, 3)):
        offences.append(
            {
                "offence_id": f"O{len(offences):06d}",
                "person_id": person,
                "disposal_id": disposal,
                "offence_date": (disposed - timedelta(days=random.randint(10, 200))).isoformat(),
                "offence_group": random.choice(GROUPS),
                "offence_class": random.choice(CLASSES),
                "seriousness": random.randint(1, 100),
                "breach": int(random.random() < 0.1),
            }
        )


def _letters(random: Random, count: int) -> str:
    return "".join(random.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(count))


def listed(records: SmallRecords, count: int, **changes: Any) -> list[dict[str, Any]]:
    """The first so many people as a provider lists them, each under the first of their names."""
    names = records.tables["names"].unique("person_id", keep="first", maintain_order=True).head(count)
    return [
        person(number)
        | {k: row[k] or "" for k in ("forename", "surname", "postcode", "pnc_id", "prison_id")}
        | {"date_of_birth": date.fromisoformat(row["date_of_birth"]), "gender": row["sex"].title()}
        | changes
        for number, row in enumerate(names.iter_rows(named=True))
    ]
