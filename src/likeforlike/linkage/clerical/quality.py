"""Precision and recall of links as a review shows them, without trust in the model.

Stratified sampling: Cochran (1977), Sampling Techniques, chapter 5.
"""

from __future__ import annotations

import polars as pl

from likeforlike.linkage.names import PARTICIPANT, PERSON

NORMAL_95 = 1.959964
QUALITY = pl.Schema(
    {
        "term": pl.String(),
        "estimate": pl.Float64(),
        "std_error": pl.Float64(),
        "conf_low": pl.Float64(),
        "conf_high": pl.Float64(),
        "reviewed": pl.Int64(),
    }
)


def reviewed_quality(best: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """Precision and recall of the links as the review shows them.

    Parameters
    ----------
    best
        As `best_candidates` gives them.
    decisions
        `participant, person_id, same`: pairs judged to be one person or not.

    Returns
    -------
    pl.DataFrame
        `term, estimate, std_error, conf_low, conf_high, reviewed`: stratified estimates; strata that nobody
        looked at keep their mean match probability and add nothing to the standard error.
    """
    both = best.join(decisions.select(PARTICIPANT, PERSON, "same"), on=[PARTICIPANT, PERSON], how="left")
    strata = both.group_by("linked", "stratum", "conflict").agg(
        size=pl.len(),
        seen=pl.col("same").count(),
        share=pl.col("same").mean().fill_null(pl.col("match_probability").mean()),
    )
    variance = pl.col("size") ** 2 * (1 - pl.col("seen") / pl.col("size")) * (_smoothed() / pl.col("seen"))
    strata = strata.with_columns(
        true=pl.col("size") * pl.col("share"),
        variance=pl.when(pl.col("seen") > 0).then(variance).otherwise(0.0),
    )
    linked = strata.filter("linked")
    found, links = float(linked["true"].sum()), int(linked["size"].sum())
    could = float(strata["true"].sum())
    reviewed = int(strata["seen"].sum())
    in_links, outside = (
        float(linked["variance"].sum()),
        float(strata.filter(~pl.col("linked"))["variance"].sum()),
    )
    rows = []
    if links:
        rows.append(_estimate("precision", found / links, in_links**0.5 / links, reviewed))
    if could:
        missed = 1 - found / could
        error = (missed**2 * in_links + (1 - missed) ** 2 * outside) ** 0.5 / could
        rows.append(_estimate("recall", found / could, error, reviewed))
    return pl.DataFrame(rows, schema=QUALITY)


def _smoothed() -> pl.Expr:
    # one more of each, so that ten of ten right does not mean certainty (Agresti and Coull 1998)
    share = (pl.col("share") * pl.col("seen") + 1) / (pl.col("seen") + 2)
    return share * (1 - share)


def _estimate(term: str, estimate: float, error: float, reviewed: int) -> dict[str, object]:
    half = NORMAL_95 * error
    return {
        "term": term,
        "estimate": estimate,
        "std_error": error,
        "conf_low": max(estimate - half, 0.0),
        "conf_high": min(estimate + half, 1.0),
        "reviewed": reviewed,
    }
