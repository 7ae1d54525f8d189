"""Lists that are wrong throughout, against a register: time, memory, accuracy and what is said; prints JSON.

python bench/linkage_parts/ugly.py REGISTER LIST.xlsx TRUTH KIND
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

import likeforlike as lfl
from likeforlike.linkage.candidates import find_candidates
from likeforlike.linkage.names import cohort_names_sql
from likeforlike.synthetic import read_truth

TIMES = 50_000
NO_IDS = {"pnc_id": None, "prison_id": None}
CHANGES = {
    "an ordinary list": {},
    "everybody named the same, no identifiers": {"forename": "James", "surname": "Smith", **NO_IDS},
    "one birth date, no identifiers": {"date_of_birth": date(1990, 1, 1), **NO_IDS},
    "no birth dates": {"date_of_birth": None},
    "names of 300 letters": {"forename": "Ab" * 150, "surname": "x" * 300},
}
WRONG, REPEATED, STRANGERS = (
    "somebody else's identifier in every row",
    "one row 50,000 times",
    "five strangers in six",
)
KINDS = (*CHANGES, WRONG, REPEATED, STRANGERS)


def main(register: str, listed: str, truth: str, kind: str) -> None:
    lab = lfl.load_lab("justice")
    cohort = lfl.read_cohort(listed, lab)
    opened = lfl.open_register(register, lab)
    known = read_truth(Path(truth)).rows.select("row", "person_id")
    people = cohort.people.join(known, on="row", how="left", maintain_order="left")
    people = changed(people, kind, opened, lab).with_columns(
        participant=pl.int_range(pl.len(), dtype=pl.Int64)
    )
    flow = type(cohort.flow).start(people.height)
    ugly = replace(cohort, people=people.select(cohort.people.columns), flow=flow)
    began = time.perf_counter()
    links = lfl.link(ugly, opened)
    seconds = time.perf_counter() - began
    both = links.frame.join(people.select("participant", true="person_id"), on="participant")
    right = both.filter(pl.col("person_id") == pl.col("true"))
    wrong = both.filter(~pl.col("person_id").eq_missing(pl.col("true")))
    everyone = links.quality.row(0, named=True)
    figures = {
        "people": people.height,
        "seconds": seconds,
        "peak GiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2,
        "linked": both.height,
        "false links by an identifier": wrong.filter(pl.col("how") == "identifier").height,
        "precision": right.height / both.height if both.height else None,
        "expected precision": everyone["expected_precision"],
        "recall": right.height
        / max(people["person_id"].n_unique() - (people["person_id"].null_count() > 0), 1),
        "expected recall": everyone["expected_recall"],
        "recall at the expected share": everyone["recall_at_expected_share"],
        "conflicts": links.conflicts,
        "notes": links.notes["note"].to_list(),
    }
    print(json.dumps(figures))


def changed(people: pl.DataFrame, kind: str, register: lfl.Register, lab: lfl.Lab) -> pl.DataFrame:
    if kind in CHANGES:
        types = people.schema
        return people.with_columns(pl.lit(v, dtype=types[k]).alias(k) for k, v in CHANGES[kind].items())
    if kind == WRONG:
        return others_identifiers(people, register)
    if kind == STRANGERS:
        away = people.filter(pl.col("person_id").is_null())
        here = people.filter(pl.col("person_id").is_not_null()).sample(away.height // 5, seed=1)
        return pl.concat([away, here]).with_columns(pl.lit(None, pl.String).alias(name) for name in NO_IDS)
    names = register.query(cohort_names_sql(lab), people=people.drop("person_id"))
    pairs = find_candidates(lab, names, register).pairs
    most = (
        pairs.group_by("participant")
        .len()
        .sort("len", "participant", descending=[True, False])["participant"][0]
    )
    return pl.concat([people.filter(pl.col("participant") == most)] * TIMES)


def others_identifiers(people: pl.DataFrame, register: lfl.Register) -> pl.DataFrame:
    """The list with identifiers that belong to other people of the register, each to one."""
    sql = "select person_id as owner, min(pnc_id) as pnc_id from names where pnc_id is not null group by person_id"
    # sorted before it is drawn, so that every run draws the same
    owned = register.query(sql).sort("owner").unique("pnc_id", keep="none", maintain_order=True)
    drawn = owned.sample(people.height, seed=2, shuffle=True)
    wrong = people.with_columns(drawn["pnc_id"], drawn["owner"], prison_id=pl.lit(None, pl.String))
    return wrong.filter(~pl.col("owner").eq_missing(pl.col("person_id"))).drop("owner")


if __name__ == "__main__":
    main(*sys.argv[1:5])
