"""Linkage against the twin's truth: who is found, who is found wrongly, and what the model says of itself."""

from dataclasses import replace

import polars as pl
import pytest

from likeforlike.linkage import link

NO_IDS = ("pnc_id", "prison_id")


@pytest.fixture(scope="module")
def truth(twin):
    return pl.read_parquet(twin.folder / "truth" / "rows.parquet").cast({"row": pl.Int64})


def accuracy(cohort, links, truth) -> tuple[float, float]:
    """Precision and recall of persons."""
    both = cohort.people.select("participant", "row").join(truth, on="row", how="left")
    both = both.join(links.frame, on="participant", how="left", suffix="_found")
    right = both.filter(pl.col("person_id") == pl.col("person_id_found")).height
    return right / links.frame.height, right / both["person_id"].count()


def without(cohort, *columns):
    return replace(
        cohort, people=cohort.people.with_columns(pl.lit(None, pl.String).alias(c) for c in columns)
    )


def test_precision_and_recall(cohort, register, truth):
    precision, recall = accuracy(cohort, link(cohort, register), truth)
    assert precision >= 0.98
    assert recall >= 0.95


def test_precision_and_recall_without_identifiers(cohort, register, truth):
    bare = without(cohort, *NO_IDS, "postcode")
    precision, recall = accuracy(bare, link(bare, register), truth)
    assert precision >= 0.98
    assert recall >= 0.95


def test_the_expected_precision_is_near_the_real_one(cohort, register, truth):
    bare = without(cohort, *NO_IDS)
    links = link(bare, register)
    precision, _ = accuracy(bare, links, truth)
    assert links.quality["expected_precision"][0] == pytest.approx(precision, abs=0.015)


def test_the_model_has_a_weight_for_every_level(register):
    for comparison in register.linkage_model["comparisons"]:
        levels = [v for v in comparison["comparison_levels"] if not v.get("is_null_level")]
        assert all(0 < v["m_probability"] < 1 and 0 < v["u_probability"] < 1 for v in levels)
        assert sum(v["m_probability"] for v in levels) == pytest.approx(1, abs=0.15)


def test_agreement_weighs_for_and_disagreement_against(register):
    for comparison in register.linkage_model["comparisons"]:
        _, exact, *_, different = comparison["comparison_levels"]
        assert exact["m_probability"] > exact["u_probability"]
        assert different["m_probability"] < different["u_probability"]
