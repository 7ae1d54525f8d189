"""The pairs that the look-up fetches get the scores that Splink gives them over the whole register."""

import duckdb
import polars as pl
from splink import DuckDBAPI, Linker

from likeforlike.linkage.candidates import find_candidates
from likeforlike.linkage.names import cohort_names_sql
from likeforlike.linkage.quiet import quiet_splink
from likeforlike.linkage.score import score_pairs
from support.links import every_name


def plain_splink(lab, model, names: pl.DataFrame, register) -> pl.DataFrame:
    """Splink's own blocking and term frequencies, on the cohort and all name records."""
    records = every_name(register).drop("person_id")
    cohort = names.rename({"participant": "record"}).select(records.columns)
    api = DuckDBAPI(connection=duckdb.connect())
    settings = model | {
        "link_type": "link_only",
        "probability_two_random_records_match": model["probability_two_random_records_match"]
        * lab.linkage.expected_share,
    }
    with quiet_splink():
        sides = [
            api.register(f.to_arrow(), table_name=n) for n, f in (("cohort", cohort), ("register", records))
        ]
        linker = Linker(sides, settings, log_level=None)
        for field in ("forename", "surname"):
            counted = records.drop_nulls(field).group_by(field).len()
            lookup = counted.select(field, (pl.col("len") / pl.col("len").sum()).alias(f"tf_{field}"))
            table = api.register(lookup.to_arrow(), table_name=f"tf_{field}_table")
            linker.table_management.register_term_frequency_lookup(table, field)
        predicted = linker.inference.predict(warning_mode="never").as_duckdbpyrelation().pl()
    return predicted.select(
        participant="record_l",
        record="record_r",
        splink_weight="match_weight",
        splink_probability="match_probability",
    )


def test_same_pairs_same_scores(cohort, register):
    lab = cohort.lab
    names = register.query(cohort_names_sql(lab), people=cohort.people)
    found = find_candidates(lab, names, register)
    ours = score_pairs(lab, names, found, register)
    theirs = plain_splink(lab, register.linkage_model, names, register)
    both = ours.join(theirs, on=["participant", "record"], how="full", coalesce=True)
    assert ours.height == theirs.height == both.height > 300
    assert (both["match_weight"] - both["splink_weight"]).abs().max() < 1e-5
    assert (both["match_probability"] - both["splink_probability"]).abs().max() < 1e-5
