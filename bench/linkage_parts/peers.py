"""One request done by Splink alone, in a process of its own; prints seconds, peak memory and accuracy as JSON.

    python bench/linkage_parts/peers.py plain|trained REGISTER NAMES.parquet REQUEST

`plain` does everything anew for the request, as Splink's tutorials do: standardise the records, estimate u from
random pairs and m by two passes of expectation maximisation, count names, block and predict. `trained` has the
records standardised, the model trained and the names counted, and only blocks and predicts. NAMES is the
department's table for the one and the standardised records for the other; REQUEST is a folder with the
standardised list (`cohort.parquet`) and `truth.parquet` (`participant, person_id`).
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl
from splink import DuckDBAPI, Linker, block_on

import likeforlike as lfl
from likeforlike.linkage.comparisons import splink_comparison
from likeforlike.linkage.names import register_names_sql

RANDOM_PAIRS = 1e7
MEMORY = "10GB"
THRESHOLD = 0.9
WEIGHED = ("forename", "surname")


class Watch:
    """Seconds of each step of the request."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.steps[name] = time.perf_counter() - began


def main(kind: str, register: str, names: str, request: str) -> None:
    logging.getLogger("splink").setLevel(logging.ERROR)
    lab, watch = lfl.load_lab("justice"), Watch()
    opened = lfl.open_register(register, lab)
    people = pl.read_parquet(Path(request) / "cohort.parquet").rename({"participant": "record"})
    with tempfile.TemporaryDirectory() as spill:
        connection = duckdb.connect()
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute(f"set temp_directory = '{spill}'")
        connection.execute(f"create view names as from read_parquet('{names}')")
        if kind == "plain":
            with watch.step("standardise"):
                connection.execute(f"create table records as {register_names_sql(lab)}")
        else:
            connection.execute("create view records as from names")
        linker = linker_of(connection, people, settings(lab, opened, kind))
        if kind == "plain":
            train(lab, linker, watch)
        else:
            count_names(connection, linker)
        with watch.step("predict"):
            pairs = linker.inference.predict(threshold_match_probability=THRESHOLD).as_duckdbpyrelation().pl()
        persons = connection.sql("select record, person_id from records").pl()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    truth = pl.read_parquet(Path(request) / "truth.parquet")
    found = accuracy(pairs, persons, truth)
    print(json.dumps({"seconds": sum(watch.steps.values()), "peak_gib": peak, **found, "steps": watch.steps}))


def linker_of(connection: duckdb.DuckDBPyConnection, people: pl.DataFrame, chosen: dict) -> Linker:
    api = DuckDBAPI(connection=connection)
    register = api.register(
        connection.sql("select * exclude (person_id) from records"), table_name="register"
    )
    return Linker([api.register(people.to_arrow(), table_name="cohort"), register], chosen, log_level=None)


def settings(lab: lfl.Lab, register: lfl.Register, kind: str) -> dict:
    persons = int(register.query("select count(*) as n from people").item())
    given = {
        "link_type": "link_only",
        "probability_two_random_records_match": lab.linkage.expected_share / persons,
    }
    if kind == "trained":
        return register.linkage_model | given
    comparisons = [
        splink_comparison(c, persons).create_comparison_dict("duckdb") for c in lab.linkage.comparison
    ]
    rules = [block_on(*rule).create_blocking_rule_dict("duckdb") for rule in lab.linkage.blocking]
    return given | {
        "unique_id_column_name": "record",
        "comparisons": comparisons,
        "blocking_rules_to_generate_predictions": rules,
    }


def train(lab: lfl.Lab, linker: Linker, watch: Watch) -> None:
    with watch.step("u"):
        linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=1)
    with watch.step("m"):
        for rule in lab.linkage.training_blocking:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*rule), estimate_without_term_frequencies=True
            )


def count_names(connection: duckdb.DuckDBPyConnection, linker: Linker) -> None:
    for field in WEIGHED:
        counted = connection.sql(
            f"select {field}, count(*) / sum(count(*)) over () as tf_{field} from records "
            f"where {field} is not null group by {field}"
        ).to_arrow_table()
        table = linker._db_api.register(counted, table_name=f"tf_{field}_table")
        linker.table_management.register_term_frequency_lookup(table, field)


def accuracy(pairs: pl.DataFrame, persons: pl.DataFrame, truth: pl.DataFrame) -> dict[str, float]:
    """Precision and recall of each participant's best pair."""
    best = pairs.sort("match_weight", descending=True).unique("record_l", keep="first", maintain_order=True)
    linked = best.join(persons, left_on="record_r", right_on="record").select(
        participant="record_l", linked="person_id"
    )
    both = truth.join(linked, on="participant", how="left")
    right = both.filter(pl.col("linked") == pl.col("person_id")).height
    return {
        "precision": right / max(both["linked"].count(), 1),
        "recall": right / both["person_id"].count(),
    }


if __name__ == "__main__":
    main(*sys.argv[1:5])
