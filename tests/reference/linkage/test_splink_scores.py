"""The pairs that the look-up fetches get the scores that Splink gives them over the whole register."""

import duckdb
import polars as pl
import pytest
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
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
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
        **{f"splink_{column}": column for column in parts(lab)},
    )


def parts(lab) -> list[str]:
    """What a score is made of: the level and weight of each comparison, and what rare values add."""
    fields = [c.field for c in lab.linkage.comparison]
    rare = [f"mw_tf_adj_{c.field}" for c in lab.linkage.comparison if c.term_frequency]
    return [*(f"gamma_{f}" for f in fields), *(f"mw_{f}" for f in fields), *rare]


@pytest.fixture(scope="module")
def both(cohort, register) -> pl.DataFrame:
    """Our pairs and Splink's, side by side."""
    lab = cohort.lab
    names = register.query(cohort_names_sql(lab), people=cohort.people)
    ours = score_pairs(lab, names, find_candidates(lab, names, register), register, steps=True)
    theirs = plain_splink(lab, register.linkage_model, names, register)
    assert ours.select("participant", "record").is_unique().all()
    assert theirs.select("participant", "record").is_unique().all()
    return ours.join(theirs, on=["participant", "record"], how="full", coalesce=True)


def test_same_pairs(both):
    assert both.height > 300
    assert both["match_weight"].null_count() == both["splink_weight"].null_count() == 0


def test_same_scores(both):
    assert (both["match_weight"] - both["splink_weight"]).abs().max() < 1e-5
    assert (both["match_probability"] - both["splink_probability"]).abs().max() < 1e-5


def test_same_levels_and_weights_of_every_comparison(both, cohort):
    for column in parts(cohort.lab):
        assert (both[column] - both[f"splink_{column}"]).abs().max() < 1e-9, column


def test_rare_names_weigh_more_and_common_ones_less(both):
    for field in ("forename", "surname"):
        adjusted = both.filter(pl.col(f"mw_tf_adj_{field}") != 0)[f"mw_tf_adj_{field}"]
        assert adjusted.len() > 100
        assert adjusted.min() < -0.5 < 0.5 < adjusted.max()


def test_looking_up_again_without_steps_gives_the_same_scores(both, cohort, register):
    lab = cohort.lab
    names = register.query(cohort_names_sql(lab), people=cohort.people)
    plain = score_pairs(lab, names, find_candidates(lab, names, register), register)
    kept = ["participant", "record", "match_weight", "match_probability"]
    assert plain.select(kept).equals(both.select(kept).sort("participant", "record"))
