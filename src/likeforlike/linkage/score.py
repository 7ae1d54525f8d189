"""Scores pairs with Splink: the stored model, the register's own term frequencies, the cohort's prior."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl
from splink import DuckDBAPI, Linker

from likeforlike.labs.definition import Lab
from likeforlike.linkage.candidates import Candidates
from likeforlike.linkage.names import PARTICIPANT, PERSON, RECORD
from likeforlike.linkage.quiet import quiet_splink
from likeforlike.records.engine import Engine

DIGITS = 6
COHORT, REGISTER = "cohort", "register"
"""In this order of the alphabet Splink takes the cohort as its left side."""


def score_pairs(
    lab: Lab, model: dict[str, Any], names: pl.DataFrame, found: Candidates, engine: Engine
) -> pl.DataFrame:
    """Score each pair of a participant and a name record.

    Parameters
    ----------
    lab, model
        The lab and the register's trained model.
    names
        The participants in standard form.
    found
        The pairs and the name records in them.
    engine
        The register, for its term frequencies.

    Returns
    -------
    pl.DataFrame
        `participant, record, person_id, match_weight, match_probability`, rounded to six digits, and for each
        comparison `gamma_FIELD`: -1 for missing, 0 for unlike, above 0 the level of agreement.
    """
    connection = duckdb.connect(":memory:")
    api = DuckDBAPI(connection=connection)
    pool = found.pool.drop(PERSON)
    cohort = names.rename({PARTICIPANT: RECORD}).select(pool.columns)
    keys = found.pairs.select(
        pl.format("{}-__-{}", pl.lit(COHORT), PARTICIPANT).alias("join_key_l"),
        pl.format("{}-__-{}", pl.lit(REGISTER), RECORD).alias("join_key_r"),
        pl.lit("0").alias("match_key"),
    )
    with quiet_splink():
        sides = [api.register(f.to_arrow(), table_name=n) for n, f in ((COHORT, cohort), (REGISTER, pool))]
        linker = Linker(sides, _for_cohort(lab, model), log_level=None, validate_settings=False)
        for field, lookup in _frequencies(lab, cohort, engine).items():
            table = api.register(lookup.to_arrow(), table_name=f"frequency_{field}")
            linker.table_management.register_term_frequency_lookup(table, field)
        linker.table_management.register_blocked_pairs_for_predict(
            api.register(keys.to_arrow(), table_name="pairs")
        )
        predicted: pl.DataFrame = linker.inference.predict(warning_mode="never").as_duckdbpyrelation().pl()
    connection.close()
    return (
        predicted.rename({f"{RECORD}_l": PARTICIPANT, f"{RECORD}_r": RECORD})
        .join(found.pool.select(RECORD, PERSON), on=RECORD)
        .select(
            PARTICIPANT,
            RECORD,
            PERSON,
            pl.col("match_weight", "match_probability").round(DIGITS),
            *(f"gamma_{c.field}" for c in lab.linkage.comparison),
        )
        .sort(PARTICIPANT, RECORD)
    )


def _for_cohort(lab: Lab, model: dict[str, Any]) -> dict[str, Any]:
    # Of a cohort's people, expected_share are in the register; each is one of its persons.
    prior = model["probability_two_random_records_match"] * lab.linkage.expected_share
    return model | {
        "link_type": "link_only",
        "probability_two_random_records_match": prior,
        "retain_matching_columns": True,
    }


def _frequencies(lab: Lab, cohort: pl.DataFrame, engine: Engine) -> dict[str, pl.DataFrame]:
    weighed = [c.field for c in lab.linkage.comparison if c.term_frequency]
    return {
        field: engine.query(
            f"select value as {field}, frequency as tf_{field} from linkage_frequencies "
            f"where field = $field and value in (select {field} from cohort)",
            {"field": field},
            cohort=cohort.select(field),
        )
        for field in weighed
    }
