"""How well a cohort was really found, where it is known who is who: in the lab's twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from likeforlike.linkage.groups import grouped, recorded_levels
from likeforlike.linkage.links import Links
from likeforlike.linkage.names import PARTICIPANT, PERSON

if TYPE_CHECKING:
    from likeforlike.records.register import Register

DIGITS = 6


def true_quality(links: Links, register: Register, truth: pl.DataFrame) -> pl.DataFrame:
    """The quality table with the real figures beside the expected ones.

    Parameters
    ----------
    links, register
        The links and the register they were found in.
    truth
        `row, person_id`: who each row of the list is; null for people who are not in the register.

    Returns
    -------
    pl.DataFrame
        `group, level, in_register, linked, right, precision, expected_precision, recall, expected_recall,
        recall_at_expected_share`. Groups by what is recorded hold the people who are in the register.
    """
    linked = links.frame.select(PARTICIPANT, linked=PERSON)
    both = links.cohort.people.join(truth.select("row", PERSON), on="row", how="left", maintain_order="left")
    both = both.join(linked, on=PARTICIPANT, how="left", maintain_order="left")
    lab = links.cohort.lab
    recorded = recorded_levels(lab, both[PERSON].drop_nulls().unique(), register)
    real = pl.concat(_real(frame, group) for group, frame in grouped(lab, both, register.vintage, recorded))
    recalls = ("expected_recall", "recall_at_expected_share")
    expected = links.quality.select("group", "level", "expected_precision", *recalls)
    return real.join(expected, on=["group", "level"], how="left", maintain_order="left").select(
        *("group", "level", "in_register", "linked", "right"),
        *("precision", "expected_precision", "recall", *recalls),
    )


def _real(frame: pl.DataFrame, group: str) -> pl.DataFrame:
    right = (pl.col("linked") == pl.col(PERSON)).sum()
    return (
        frame.group_by("level")
        .agg(in_register=pl.col(PERSON).count(), linked=pl.col("linked").count(), right=right)
        .with_columns(
            group=pl.lit(group),
            precision=(pl.col("right") / pl.col("linked")).fill_nan(None).round(DIGITS),
            recall=(pl.col("right") / pl.col("in_register")).fill_nan(None).round(DIGITS),
        )
        .sort("level")
    )
