"""A trained model made better by the cohorts that were linked with it.

How often a field of true pairs agrees (m) was trained on the register alone; lists have slips of their own. The
levels counted in past cohorts join it as observations join a Dirichlet prior worth `PRIOR_PAIRS` of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from likeforlike.records.register import Register

SCHEMA = pl.Schema({"field": pl.String(), "level": pl.Int64(), "pairs": pl.Int64()})
"""What a cohort teaches: pairs counted by field and level of agreement."""
PRIOR_PAIRS = 500
"""Pairs that the trained model is worth: two cohorts of usual size outweigh it."""
DIGITS = 6


def learnt_model(model: dict[str, Any], counts: pl.DataFrame) -> dict[str, Any]:
    """The model with m drawn towards what was counted.

    Parameters
    ----------
    model
        Splink's settings with trained parameters.
    counts
        `field, level, pairs` of all past cohorts, as `agreement` gives them; the same level may come many times.
    """
    seen = {(f, v): n for f, v, n in counts.group_by("field", "level").agg(pl.col("pairs").sum()).iter_rows()}
    return model | {"comparisons": [_learnt(comparison, seen) for comparison in model["comparisons"]]}


def model_of(register: Register) -> dict[str, Any]:
    """The register's trained model with what its past cohorts taught."""
    lessons = [lesson.model_dump() for taught in register.manifest.learnt.values() for lesson in taught]
    return learnt_model(register.linkage_model, pl.DataFrame(lessons, schema=SCHEMA))


def _learnt(comparison: dict[str, Any], seen: dict[tuple[str, int], int]) -> dict[str, Any]:
    field = comparison["output_column_name"]
    levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
    counts = [seen.get((field, len(levels) - 1 - place), 0) for place in range(len(levels))]
    total = PRIOR_PAIRS + sum(counts)
    shares = iter(
        round((PRIOR_PAIRS * level["m_probability"] + count) / total, DIGITS)
        for level, count in zip(levels, counts, strict=True)
    )
    if not sum(counts):
        return comparison
    return comparison | {
        "comparison_levels": [
            level if level.get("is_null_level") else level | {"m_probability": next(shares)}
            for level in comparison["comparison_levels"]
        ]
    }
