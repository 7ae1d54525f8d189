"""Precision and recall of links as a review shows them, without trust in the model.

Stratified sampling: Cochran (1977), Sampling Techniques, chapter 5. The interval is of the posterior with Jeffreys'
prior in each stratum (Brown, Cai and DasGupta 2001): a stratum that nobody looked at may be anything.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from likeforlike.linkage.names import PARTICIPANT, PERSON

DRAWS, SEED = 4_000, 1
LEVELS = (0.025, 0.975)
JEFFREYS = 0.5
BEFORE = "before the review"
QUALITY = pl.Schema(
    {
        "term": pl.String(),
        "estimate": pl.Float64(),
        "std_error": pl.Float64(),
        "conf_low": pl.Float64(),
        "conf_high": pl.Float64(),
        "reviewed": pl.Int64(),
        "of_pairs": pl.Int64(),
        "not_reviewed": pl.Int64(),
        "links": pl.String(),
    }
)
Floats = NDArray[np.float64]


def reviewed_quality(best: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """Precision and recall of the links as the review shows them.

    Parameters
    ----------
    best
        As `best_candidates` gives them, for the links from which the pairs were drawn.
    decisions
        `participant, person_id, same`: pairs judged to be one person or not.

    Returns
    -------
    pl.DataFrame
        `term` (precision, recall), `estimate, std_error, conf_low, conf_high`; `reviewed`, pairs looked at, `of_pairs`
        that there are, and `not_reviewed`, pairs in strata of which nobody looked at any: their part of the estimate
        is their mean match probability, and of the interval everything from none to all. `links` says that it is
        of the links as they were before the review; the other tables are of those after. Recall is of people with
        a link or a candidate that is not hopeless (see `review_set`); for the hopeless the model's word is taken.
    """
    both = best.join(decisions.select(PARTICIPANT, PERSON, "same"), on=[PARTICIPANT, PERSON], how="left")
    strata = (
        both.group_by("linked", "stratum", "conflict")
        .agg(
            size=pl.len(),
            seen=pl.col("same").count(),
            same=pl.col("same").sum(),
            expected=pl.col("match_probability").mean(),
        )
        .sort("linked", "stratum", "conflict")
    )
    linked, others = strata.filter("linked"), strata.filter(~pl.col("linked"))
    found, drawn_found = _true(linked, np.random.default_rng(SEED))
    missed, drawn_missed = _true(others, np.random.default_rng(SEED + 1))
    rows = []
    if links := int(linked["size"].sum()):
        rows.append(_row("precision", found / links, drawn_found / links, linked))
    if found + missed:
        shares = drawn_found / np.maximum(drawn_found + drawn_missed, np.finfo(float).tiny)
        rows.append(_row("recall", found / (found + missed), shares, strata))
    return pl.DataFrame(rows, schema=QUALITY)


def _true(strata: pl.DataFrame, rng: np.random.Generator) -> tuple[float, Floats]:
    """True pairs in the strata: the estimate, and draws from what is known of them."""
    total, draws = 0.0, np.zeros(DRAWS)
    for row in strata.iter_rows(named=True):
        size, seen, same = row["size"], row["seen"], row["same"]
        total += size * (same / seen if seen else row["expected"])
        if seen or row["linked"] or row["stratum"] or row["conflict"]:
            share = rng.beta(same + JEFFREYS, seen - same + JEFFREYS, DRAWS)
            draws += same + rng.binomial(size - seen, share)
        else:
            draws += size * row["expected"]
    return total, draws


def _row(term: str, estimate: float, draws: Floats, strata: pl.DataFrame) -> dict[str, object]:
    low, high = np.quantile(draws, LEVELS)
    return {
        "term": term,
        "estimate": estimate,
        "std_error": float(draws.std()),
        # all of a sample right, or none of it, leaves that end open (Brown, Cai and DasGupta)
        "conf_low": min(float(low), estimate),
        "conf_high": max(float(high), estimate),
        "reviewed": int(strata["seen"].sum()),
        "of_pairs": int(strata["size"].sum()),
        "not_reviewed": int(strata.filter(pl.col("seen") == 0)["size"].sum()),
        "links": BEFORE,
    }
