"""What a cohort teaches: how often the fields of true pairs agree, counted where an identifier says who is who.

Pairs that share an identifier are labels that come free with every request (`learn` makes use of them).
"""

from __future__ import annotations

import polars as pl

from likeforlike.labs.definition import Lab
from likeforlike.linkage.names import PARTICIPANT, PERSON

SCHEMA = pl.Schema({"field": pl.String(), "level": pl.Int64(), "pairs": pl.Int64()})


def agreement(lab: Lab, scored: pl.DataFrame, candidates: pl.DataFrame) -> pl.DataFrame:
    """Count the levels of agreement of pairs whose identifier is borne out.

    Parameters
    ----------
    lab
        The lab.
    scored
        Pairs of participants and name records, as `score_pairs` gives them.
    candidates
        As `person_candidates` gives them; those `named` and `alike` are taken for true.

    Returns
    -------
    pl.DataFrame
        `field, level, pairs` for each comparison that is no identifier; `level` is Splink's, 0 for unlike.
        Counts of pairs only, no person's.
    """
    true = candidates.filter("named", "alike").select(PARTICIPANT, PERSON)
    pairs = scored.join(true, on=[PARTICIPANT, PERSON], how="semi")
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
