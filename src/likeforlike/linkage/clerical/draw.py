"""Which pairs a person should look at: drawn by strata of match probability, none where nothing is in doubt."""

from __future__ import annotations

import numpy as np
import polars as pl

from likeforlike.linkage.names import PARTICIPANT, PERSON
from likeforlike.records.name_lines import RECORD

SIZE = 100
EDGES = (0.001, 0.1, 0.5, 0.9, 0.99, 0.9999)
"""Match probabilities between which strata lie; beyond the last and before the first nobody looks."""


def review_set(
    candidates: pl.DataFrame, links: pl.DataFrame, *, size: int = SIZE, seed: int = 1
) -> pl.DataFrame:
    """Draw the pairs to look at.

    Parameters
    ----------
    candidates, links
        All candidates and the links of a cohort.
    size
        About how many pairs.
    seed
        The same seed draws the same pairs.

    Returns
    -------
    pl.DataFrame
        `participant, person_id, record, match_weight, match_probability, linked, stratum`, the doubtful ones
        first: of each participant the likeliest person, and everybody to whom an identifier belongs that did
        not lead to a link.
    """
    best = best_candidates(candidates, links)
    doubtful = best.filter(pl.col("stratum").is_between(1, len(EDGES) - 1), ~pl.col("conflict"))
    strata = doubtful.partition_by("linked", "stratum", maintain_order=True)
    drawn = [_draw(stratum, -(-size // len(strata)), seed) for stratum in strata]
    conflicts = with_strata(candidates, links).filter("conflict")
    chosen = pl.concat([best.clear(), *drawn, conflicts]).unique([PARTICIPANT, PERSON], maintain_order=True)
    return chosen.sort((pl.col("match_probability") - 0.5).abs(), PARTICIPANT, PERSON)


def best_candidates(candidates: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Of each participant the person linked or, for want of one, the likeliest; see `with_strata`."""
    ranked = with_strata(candidates, links).sort(
        PARTICIPANT, ~pl.col("linked"), -pl.col("match_weight"), PERSON
    )
    return ranked.unique(PARTICIPANT, keep="first", maintain_order=True)


def with_strata(candidates: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Candidates with `linked`, `stratum` (the number of `EDGES` that the match probability reaches) and `conflict`.

    A conflict is an identifier of theirs that did not lead to a link; all of those are looked at, so they do not
    stand for others of their stratum.
    """
    known = links.select(PARTICIPANT, PERSON, linked=pl.lit(value=True))
    stratum = pl.sum_horizontal(pl.col("match_probability") >= edge for edge in EDGES).cast(pl.Int64)
    return candidates.join(known, on=[PARTICIPANT, PERSON], how="left").select(
        *(PARTICIPANT, PERSON, RECORD, "match_weight", "match_probability"),
        pl.col("linked").fill_null(value=False),
        stratum=stratum,
        conflict=pl.col("named") & pl.col("linked").is_null(),
    )


def _draw(stratum: pl.DataFrame, size: int, seed: int) -> pl.DataFrame:
    if stratum.height <= size:
        return stratum
    chosen = np.random.default_rng(seed).choice(stratum.height, size, replace=False)
    return stratum[np.sort(chosen)]
