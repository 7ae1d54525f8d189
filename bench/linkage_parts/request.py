"""What the peers get: the standardised list and records, and the truth; made before any clock runs.

python bench/linkage_parts/request.py HOME LIST.xlsx PEOPLE
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import polars as pl
from once import some

import likeforlike as lfl
from likeforlike.linkage.names import cohort_names_sql, register_names_sql
from likeforlike.synthetic import read_truth


def main(home: str, listed: str, people: int) -> None:
    folder, lab = Path(home), lfl.load_lab("justice")
    request = folder / "request"
    request.mkdir(exist_ok=True)
    cohort = some(lfl.read_cohort(listed, lab), people)
    register = lfl.open_register(folder / "register", lab)
    names = register.query(cohort_names_sql(lab), people=cohort.people)
    names.write_parquet(request / "cohort.parquet")
    who = cohort.people.join(read_truth(folder / "twin").rows, on="row", how="left")
    who.select(pl.col("participant"), pl.col("person_id")).write_parquet(request / "truth.parquet")
    standard = folder / "standard.parquet"
    if not standard.exists():
        connection = duckdb.connect()
        connection.execute(f"set temp_directory = '{folder / 'spill'}'")
        connection.execute(
            f"create view names as from read_parquet('{folder / 'twin/records/names.parquet'}')"
        )
        connection.execute(f"copy ({register_names_sql(lab)}) to '{standard}' (format parquet)")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
