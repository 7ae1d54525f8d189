"""What a cohort teaches: how often the fields of true pairs agree, counted where an identifier says who is who.

Pairs that share an identifier are labels that come free with every request (`learn` makes use of them), but only
those that were linked: a number that was borrowed or mistyped into somebody else's teaches nothing.
"""

from __future__ import annotations

import polars as pl

from likeforlike.labs.definition import Lab
from likeforlike.linkage.learn import SCHEMA
from likeforlike.linkage.names import PARTICIPANT, PERSON
from likeforlike.linkage.resolve import IDENTIFIER, conflicting

MOST_CONFLICTS = 0.1
"""Of the participants whose identifier belongs to somebody: if for more of them the other details contradict it, the
list's identifiers are not to be relied on, and the list teaches nothing. An ordinary list has one in 300."""


def agreement(lab: Lab, scored: pl.DataFrame, candidates: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Count the levels of agreement of linked pairs that share an identifier.

    Parameters
    ----------
    lab
        The lab.
    scored
        Pairs of participants and name records, as `score_pairs` gives them.
    candidates
        As `person_candidates` gives them.
    links
        `participant, person_id, how` of the links; those by an identifier are taken for true.

    Returns
    -------
    pl.DataFrame
        `field, level, pairs` for each comparison that is no identifier; `level` is Splink's, 0 for unlike.
        Counts of pairs only, no person's; none if too many identifiers contradict the other details.
    """
    if share_of_conflicts(candidates, links) > MOST_CONFLICTS:
        return pl.DataFrame(schema=SCHEMA)
    pairs = scored.join(links.filter(pl.col("how") == IDENTIFIER), on=[PARTICIPANT, PERSON], how="semi")
    fields = [c.field for c in lab.linkage.comparison if c.field not in lab.linkage.identifier]
    counted = [
        pairs.filter(pl.col(f"gamma_{field}") >= 0)
        .group_by(level=f"gamma_{field}")
        .agg(pairs=pl.len())
        .select(field=pl.lit(field), level=pl.col("level"), pairs=pl.col("pairs"))
        .cast(SCHEMA)
        for field in fields
    ]
    return pl.concat([pl.DataFrame(schema=SCHEMA), *counted]).sort("field", "level")


def share_of_conflicts(candidates: pl.DataFrame, links: pl.DataFrame) -> float:
    """Of the participants whose identifier belongs to somebody, the share who are not linked to them."""
    named = candidates.filter("named")[PARTICIPANT].n_unique()
    return conflicting(candidates, links) / named if named else 0.0
