"""Why two records were taken for one person: the weight of each comparison, in words, for the lab's staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from likeforlike.labs.definition import Lab
from likeforlike.linkage.candidates import Candidates
from likeforlike.linkage.names import PARTICIPANT
from likeforlike.linkage.score import score_pairs
from likeforlike.linkage.share import prior_shift
from likeforlike.records.name_lines import RECORD

if TYPE_CHECKING:
    from likeforlike.records.register import Register

MISSING = "not given on both sides"
PRIOR = "before any comparison"
RARITY = "rarity of the value"


def waterfall(
    lab: Lab, names: pl.DataFrame, pairs: pl.DataFrame, register: Register, *, share: float | None = None
) -> pl.DataFrame:
    """The steps from the prior to the match weight of each pair.

    Parameters
    ----------
    lab
        The lab.
    names
        The participants in standard form.
    pairs
        `participant, record`.
    register
        The register.
    share
        The share of the cohort that is in the register; the lab's expected one if not given.

    Returns
    -------
    pl.DataFrame
        `participant, record, step, field, level, weight`: Splink's base-2 weights, which add
        up to the match weight; step 0 is the prior.
    """
    keys = pairs.select(PARTICIPANT, RECORD).unique().sort(PARTICIPANT, RECORD)
    found = Candidates(keys, register.lookup.names.take(keys[RECORD].unique().sort()))
    scored = score_pairs(lab, names, found, register, steps=True)
    said = _levels(register.linkage_model)
    steps = [
        _comparison(scored, number, field.field, said)
        for number, field in enumerate(lab.linkage.comparison, 1)
    ]
    compared = pl.concat(s for pair in steps for s in pair)
    expected = lab.linkage.expected_share
    moved = prior_shift(expected if share is None else share, expected)
    total = compared.group_by(PARTICIPANT, RECORD).agg(pl.col("weight").sum().alias("evidence"))
    prior = scored.join(total, on=[PARTICIPANT, RECORD]).select(
        PARTICIPANT,
        RECORD,
        step=pl.lit(0),
        field=pl.lit(""),
        level=pl.lit(PRIOR),
        weight=pl.col("match_weight") + moved - pl.col("evidence"),
    )
    return pl.concat([prior, compared]).sort(PARTICIPANT, RECORD, "step")


def in_words(steps: pl.DataFrame) -> pl.DataFrame:
    """One sentence a pair, the weightiest comparison first: `participant, record, why`."""
    told = steps.filter((pl.col("step") > 0) & (pl.col("weight").abs() >= 0.05))
    field = pl.col("field").str.replace_all("_", " ", literal=True)
    signed = pl.when(pl.col("weight") > 0).then(pl.lit("+")).otherwise(pl.lit("−"))
    tenths = pl.col("weight").abs().round(1).cast(pl.String)
    return (
        told.sort(PARTICIPANT, RECORD, -pl.col("weight").abs(), "step")
        .group_by(PARTICIPANT, RECORD, maintain_order=True)
        .agg(why=pl.format("{}: {} {}{}", field, "level", signed, tenths).str.join("; "))
    )


def _levels(model: dict[str, object]) -> pl.DataFrame:
    """`field, gamma, level`: what each level of the model says."""
    rows = []
    for comparison in model["comparisons"]:  # type: ignore[attr-defined]
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        field = comparison["output_column_name"]
        rows += [(field, len(levels) - 1 - i, level["label_for_charts"]) for i, level in enumerate(levels)]
        rows.append((field, -1, MISSING))
    return pl.DataFrame(
        rows, schema={"field": pl.String, "gamma": pl.Int64, "level": pl.String}, orient="row"
    )


def _comparison(
    scored: pl.DataFrame, number: int, field: str, said: pl.DataFrame
) -> tuple[pl.DataFrame, ...]:
    """The step of a comparison and, where rare values weigh more, the step of the rarity."""
    level = (
        scored.select(
            PARTICIPANT,
            RECORD,
            field=pl.lit(field),
            gamma=pl.col(f"gamma_{field}").cast(pl.Int64),
            weight=f"mw_{field}",
        )
        .join(said, on=["field", "gamma"], how="left")
        .select(
            PARTICIPANT, RECORD, step=pl.lit(2 * number - 1), field="field", level="level", weight="weight"
        )
    )
    rarity = f"mw_tf_adj_{field}"
    if rarity not in scored.columns:
        return (level,)
    rare = scored.select(
        PARTICIPANT, RECORD, step=pl.lit(2 * number), field=pl.lit(field), level=pl.lit(RARITY), weight=rarity
    )
    return level, rare.filter(pl.col("weight") != 0)
