"""Which pairs a person should look at: drawn by strata of match probability, those that nobody doubts among them."""

from __future__ import annotations

import numpy as np
import polars as pl

from likeforlike.linkage.names import PARTICIPANT, PERSON
from likeforlike.records.name_lines import RECORD

SIZE = 100
EDGES = (0.001, 0.1, 0.5, 0.9, 0.99, 0.9999)
"""Match probabilities between which strata lie."""
SURE = 5
"""Of so many pairs one is drawn from the surest links: there are most of them, and only so is over-confidence seen."""


def review_set(
    candidates: pl.DataFrame, links: pl.DataFrame, *, size: int = SIZE, seed: int = 1
) -> pl.DataFrame:
    """Draw the pairs to look at.

    Parameters
    ----------
    candidates, links
        All candidates and the links of a cohort.
    size
        How many pairs at most.
    seed
        The same seed draws the same pairs.

    Returns
    -------
    pl.DataFrame
        `participant, person_id, record, match_weight, match_probability, linked, stratum, conflict`, the doubtful
        ones first. Strata are: every link, however likely or unlikely, by match probability; of each participant
        without a link the likeliest person, if not below the first of `EDGES`; and everybody to whom an identifier
        belongs that did not lead to a link. All strata give alike, as far as they reach.
    """
    drawn = [_draw(stratum, n, seed) for stratum, n in _shares(doubtful(candidates, links), size)]
    chosen = pl.concat([with_strata(candidates, links).clear(), *drawn])
    return chosen.sort((pl.col("match_probability") - 0.5).abs(), PARTICIPANT, PERSON)


def doubtful(candidates: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """All pairs from which a review is drawn; columns as `with_strata` gives them."""
    best = best_candidates(candidates, links).filter(pl.col("linked") | (pl.col("stratum") > 0))
    conflicts = with_strata(candidates, links).filter("conflict")
    return pl.concat([best.filter(~pl.col("conflict")), conflicts]).sort(PARTICIPANT, PERSON)


def _shares(pairs: pl.DataFrame, size: int) -> list[tuple[pl.DataFrame, int]]:
    """Each stratum and how many to draw of it: the same number of each, what one lacks from the others."""
    one = pl.when("conflict").then(-1).otherwise("stratum")
    strata = pairs.with_columns(one=one).partition_by("linked", "one", maintain_order=False)
    found = []
    for stratum in strata:
        sure = bool(stratum["linked"][0]) and stratum["one"][0] == len(EDGES)
        most = min(stratum.height, -(-size // SURE)) if sure else stratum.height
        found.append((most, stratum["linked"][0], stratum["one"][0], stratum.drop("one")))
    found.sort(key=lambda entry: entry[:3])
    shares, left = [], size
    for place, (most, _, _, stratum) in enumerate(found):
        n = min(most, left // (len(found) - place))
        shares.append((stratum, n))
        left -= n
    return shares


def best_candidates(candidates: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Of each participant the person linked or, for want of one, the likeliest; see `with_strata`."""
    ranked = with_strata(candidates, links).sort(
        PARTICIPANT, ~pl.col("linked"), -pl.col("match_weight"), PERSON
    )
    return ranked.unique(PARTICIPANT, keep="first", maintain_order=True)


def with_strata(candidates: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Candidates with `linked`, `stratum` (the number of `EDGES` that the match probability reaches) and `conflict`.

    A conflict is an identifier of theirs that did not lead to a link. Those are a stratum of their own, so they do not
    stand for others of their probability.
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
