"""How well a cohort was found, overall and by group."""

from __future__ import annotations

import polars as pl

from likeforlike.labs.definition import Lab
from likeforlike.linkage.names import PARTICIPANT
from likeforlike.linkage.resolve import IDENTIFIER

EVERYONE = "Everyone"
MISSING = "not given"


def linkage_quality(lab: Lab, people: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Summarise links by the groups of `linkage.toml`.

    Parameters
    ----------
    lab
        The lab.
    people
        The cohort's people.
    links
        `participant, person_id, match_weight, match_probability, how`.

    Returns
    -------
    pl.DataFrame
        `group, level, submitted, linked, by_identifier, share_linked, expected_precision`; the last is the
        mean match probability of the links, null where there are none. The first row is for everyone, with
        an empty level.
    """
    both = people.join(links, on=PARTICIPANT, how="left")
    rows = [_summary(both.with_columns(group=pl.lit(EVERYONE), level=pl.lit("")))]
    for name in lab.linkage.groups:
        level = pl.col(name).cast(pl.String).str.to_titlecase().fill_null(MISSING)
        label = pl.lit(lab.columns.get(name).label)
        rows.append(_summary(both.with_columns(group=label, level=level)))
    return pl.concat(rows)


def _summary(both: pl.DataFrame) -> pl.DataFrame:
    return (
        both.group_by("group", "level")
        .agg(
            submitted=pl.len().cast(pl.Int64),
            linked=pl.col("person_id").count().cast(pl.Int64),
            by_identifier=(pl.col("how") == IDENTIFIER).sum().cast(pl.Int64),
            share_linked=pl.col("person_id").count() / pl.len(),
            expected_precision=pl.col("match_probability").mean().round(6),
        )
        .sort("group", "level")
    )
