"""Scores pairs with Splink: the stored model, the register's own term frequencies, the cohort's prior."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import polars as pl
from splink import DuckDBAPI, Linker

from likeforlike.labs.definition import Lab
from likeforlike.linkage.candidates import Candidates
from likeforlike.linkage.keys import HASH, value_hashes_sql, weighed_fields
from likeforlike.linkage.learn import model_of
from likeforlike.linkage.names import PARTICIPANT, PERSON
from likeforlike.linkage.quiet import quiet_splink
from likeforlike.records.duckdb import connect
from likeforlike.records.name_lines import RECORD

if TYPE_CHECKING:
    from likeforlike.records.register import Register

DIGITS = 6
COHORT, REGISTER = "cohort", "register"
"""In this order of the alphabet Splink takes the cohort as its left side."""


def score_pairs(
    lab: Lab, names: pl.DataFrame, found: Candidates, register: Register, *, steps: bool = False
) -> pl.DataFrame:
    """Score each pair of a participant and a name record.

    Parameters
    ----------
    lab
        The lab.
    names
        The participants in standard form.
    found
        The pairs and the name records in them.
    register
        Its model and its term frequencies.
    steps
        Whether to give the match weight of each comparison too.

    Returns
    -------
    pl.DataFrame
        `participant, record, person_id, match_weight, match_probability`, rounded to six digits; for each
        comparison `gamma_FIELD` (-1 for missing, 0 for unlike, above 0 the level of agreement); `checks`, the match
        weight of the fields of `identifier_checks` together; and, when asked for, `mw_FIELD` and `mw_tf_adj_FIELD`.
    """
    pool = found.pool.drop(PERSON)
    cohort = names.rename({PARTICIPANT: RECORD}).select(pool.columns)
    settings = _for_cohort(lab, model_of(register)) | {"retain_intermediate_calculation_columns": True}
    with _api() as api:
        sides = [api.register(f.to_arrow(), table_name=n) for n, f in ((COHORT, cohort), (REGISTER, pool))]
        linker = Linker(sides, settings, log_level=None, validate_settings=False)
        for field, known in _frequencies(lab, cohort, register).items():
            table = api.register(known.to_arrow(), table_name=f"frequency_{field}")
            linker.table_management.register_term_frequency_lookup(table, field)
        linker.table_management.register_blocked_pairs_for_predict(
            api.register(_splink_keys(found.pairs).to_arrow(), table_name="pairs")
        )
        predicted: pl.DataFrame = linker.inference.predict(warning_mode="never").as_duckdbpyrelation().pl()
    weights = [c for c in predicted.columns if c.startswith("mw_")]
    checked = [f"mw_{kind}{f}" for f in lab.linkage.identifier_checks for kind in ("", "tf_adj_")]
    checks = pl.sum_horizontal(pl.lit(0.0), *(c for c in weights if c in checked)).round(DIGITS)
    scores = pl.col("match_weight", "match_probability").round(DIGITS)
    wanted = [*(f"gamma_{c.field}" for c in lab.linkage.comparison), *(weights if steps else [])]
    return (
        predicted.rename({f"{RECORD}_l": PARTICIPANT, f"{RECORD}_r": RECORD})
        .join(found.pool.select(RECORD, PERSON), on=RECORD)
        .select(PARTICIPANT, RECORD, PERSON, scores, checks.alias("checks"), *wanted)
        .sort(PARTICIPANT, RECORD)
    )


@contextmanager
def _api() -> Iterator[DuckDBAPI]:
    # without a folder to spill to: names must not end up beside the register
    connection = connect()
    try:
        with quiet_splink():
            yield DuckDBAPI(connection=connection)
    finally:
        connection.close()


def _splink_keys(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.select(
        pl.format("{}-__-{}", pl.lit(COHORT), PARTICIPANT).alias("join_key_l"),
        pl.format("{}-__-{}", pl.lit(REGISTER), RECORD).alias("join_key_r"),
        pl.lit("0").alias("match_key"),
    )


def _for_cohort(lab: Lab, model: dict[str, Any]) -> dict[str, Any]:
    # Of a cohort's people, expected_share are in the register; each is one of its persons. `share` moves it afterwards.
    prior = model["probability_two_random_records_match"] * lab.linkage.expected_share
    return model | {
        "link_type": "link_only",
        "probability_two_random_records_match": prior,
        "retain_matching_columns": True,
    }


def _frequencies(lab: Lab, cohort: pl.DataFrame, register: Register) -> dict[str, pl.DataFrame]:
    """For each weighed field, the share of the register's names that have each of the cohort's values."""
    lookup, found = register.lookup, {}
    for field in weighed_fields(lab):
        values = register.query(value_hashes_sql(field, "cohort"), cohort=cohort.select(field))
        which, count = lookup.frequencies.numbers(lookup.frequencies.find(values[HASH].to_numpy()))
        counted = pl.DataFrame({field: values[field].gather(which), "count": count})
        share = pl.col("count").max() / lookup.known[field]
        found[field] = counted.group_by(field).agg(share.alias(f"tf_{field}")).sort(field)
    return found
