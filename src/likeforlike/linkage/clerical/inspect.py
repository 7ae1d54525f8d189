"""All that staff look at after linkage, as tables by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from likeforlike.linkage.clerical.draw import SIZE, best_candidates
from likeforlike.linkage.clerical.quality import reviewed_quality
from likeforlike.linkage.clerical.table import review_table
from likeforlike.linkage.links import Links
from likeforlike.linkage.quality import linked_against_unlinked

if TYPE_CHECKING:
    from likeforlike.records.register import Register


def inspect_links(
    links: Links,
    register: Register,
    *,
    judged: Links,
    decisions: pl.DataFrame | None = None,
    size: int = SIZE,
    seed: int = 1,
) -> dict[str, pl.DataFrame]:
    """Quality by group, other thresholds, linked against unlinked, and pairs to review or what a review showed.

    Parameters
    ----------
    links, register
        The links and the register they were found in.
    judged
        The links from which the pairs were drawn; those before the review when there was one.
    decisions
        What reviewers decided, if they have.
    size, seed
        As for `review_set`.
    """
    tables = {
        "quality": links.quality,
        "thresholds": links.thresholds,
        "bias": linked_against_unlinked(links.quality),
    }
    if decisions is None:
        return tables | {"review": review_table(links, register, size=size, seed=seed)}
    best = best_candidates(judged.candidates, judged.frame)
    return tables | {"reviewed_quality": reviewed_quality(best, decisions)}
