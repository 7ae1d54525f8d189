"""How well a cohort was found, without knowing the truth: overall, by group, and at other thresholds.

What is expected rests on the match probabilities alone. If they are right, the mean probability of the links
is the share of them that are right (precision), and the sum over all candidates is the number of participants
who are in the register, so that the links' part of it is the share found of those who could be (recall).

People who share no blocking key with their own record have no candidate and are not in that sum. So a second recall
takes the lab's word for how many are in the register: if `expected_share` of the list is, this share was found.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from likeforlike.labs.definition import Lab
from likeforlike.linkage.groups import EVERYONE, Recorded, grouped
from likeforlike.linkage.names import PARTICIPANT, PERSON
from likeforlike.linkage.resolve import IDENTIFIER, decided, links_at

THRESHOLDS = (0.5, 0.75, 0.9, 0.95, 0.99, 0.999)
DIGITS = 6


def linkage_quality(
    lab: Lab,
    people: pl.DataFrame,
    candidates: pl.DataFrame,
    links: pl.DataFrame,
    vintage: date,
    recorded: Recorded,
) -> pl.DataFrame:
    """Summarise links by the groups of `linkage.toml`.

    Parameters
    ----------
    lab
        The lab.
    people
        The cohort's people.
    candidates
        All candidates, as `person_candidates` gives them.
    links
        `participant, person_id, match_weight, match_probability, how`.
    vintage, recorded
        As `grouped` takes them.

    Returns
    -------
    pl.DataFrame
        `group, level, released, recorded, submitted, linked, by_identifier, share_linked, expected_precision,
        expected_recall, recall_at_expected_share`; `released` says whether a report may show the row.
        `expected_recall` is of people who share a blocking key with their record; `recall_at_expected_share` of
        `expected_share` of the list, and never more. For groups by what is recorded only those found are known, so
        `submitted` is their number and both are null. The first row is for everyone, with an empty level.
    """
    possible = candidates.group_by(PARTICIPANT).agg(possible=pl.col("match_probability").sum().clip(0, 1))
    both = people.join(links, on=PARTICIPANT, how="left").join(possible, on=PARTICIPANT, how="left")
    share = lab.linkage.expected_share
    return pl.concat(_summary(frame, name, share) for name, frame in grouped(lab, both, vintage, recorded))


def threshold_table(lab: Lab, candidates: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """What other thresholds would give: `threshold, chosen, linked, expected_precision, expected_recall`.

    `chosen` marks the lab's own. What people decided holds at every threshold.
    """
    possible = _possible(decided(candidates, decisions))
    rows = []
    for threshold in sorted({*THRESHOLDS, lab.linkage.threshold}):
        links = links_at(candidates, decisions, threshold)["match_probability"]
        rows.append(
            {
                "threshold": threshold,
                "chosen": threshold == lab.linkage.threshold,
                "linked": links.len(),
                "expected_precision": round(float(links.sum()) / links.len(), DIGITS)
                if links.len()
                else None,
                "expected_recall": round(float(links.sum()) / possible, DIGITS) if possible else None,
            }
        )
    return pl.DataFrame(
        rows, schema_overrides={"expected_precision": pl.Float64, "expected_recall": pl.Float64}
    )


def linked_against_unlinked(quality: pl.DataFrame) -> pl.DataFrame:
    """Whether those found differ from those not found.

    Parameters
    ----------
    quality
        As `linkage_quality` gives it.

    Returns
    -------
    pl.DataFrame
        `group, level, share_of_linked, share_of_unlinked, difference`: how the two divide over the levels of a
        group, and the difference in percentage points.
    """
    known = quality.filter((pl.col("group") != EVERYONE) & ~pl.col("recorded"))
    missed = pl.col("submitted") - pl.col("linked")
    linked_share = pl.col("linked") / pl.col("linked").sum().over("group")
    missed_share = missed / missed.sum().over("group")
    return known.select(
        "group",
        "level",
        share_of_linked=linked_share.fill_nan(None).round(DIGITS),
        share_of_unlinked=missed_share.fill_nan(None).round(DIGITS),
        difference=(100 * (linked_share - missed_share)).fill_nan(None).round(2),
    )


def _possible(candidates: pl.DataFrame) -> float:
    return float(
        candidates.group_by(PARTICIPANT).agg(pl.col("match_probability").sum().clip(0, 1))[:, 1].sum()
    )


def _summary(both: pl.DataFrame, group: str, share: float) -> pl.DataFrame:
    found = pl.col("match_probability").sum()
    recall = (found / pl.col("possible").sum()).fill_nan(None).round(DIGITS)
    at_share = pl.min_horizontal(recall, (found / (share * pl.len())).round(DIGITS))
    return (
        both.group_by("level")
        .agg(
            submitted=pl.len().cast(pl.Int64),
            linked=pl.col(PERSON).count().cast(pl.Int64),
            by_identifier=(pl.col("how") == IDENTIFIER).sum().cast(pl.Int64),
            share_linked=pl.col(PERSON).count() / pl.len(),
            expected_precision=pl.col("match_probability").mean().round(DIGITS),
            expected_recall=recall,
            recall_at_expected_share=at_share,
            released=pl.col("released").first(),
            recorded=pl.col("recorded").first(),
        )
        .with_columns(
            pl.when(~pl.col("recorded")).then(pl.col("expected_recall", "recall_at_expected_share")),
            group=pl.lit(group),
        )
        .select(
            *(
                "group",
                "level",
                "released",
                "recorded",
                "submitted",
                "linked",
                "by_identifier",
                "share_linked",
            ),
            *("expected_precision", "expected_recall", "recall_at_expected_share"),
        )
        .sort("level")
    )
