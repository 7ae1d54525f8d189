"""From scored pairs to links: one person a participant, one participant a person, no guessing at ties."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from likeforlike.labs.definition import Lab
from likeforlike.linkage.names import PARTICIPANT, PERSON
from likeforlike.records.name_lines import RECORD

LINK_SCHEMA = pl.Schema(
    {
        PARTICIPANT: pl.Int64(),
        PERSON: pl.String(),
        "match_weight": pl.Float64(),
        "match_probability": pl.Float64(),
        "how": pl.String(),
    }
)
IDENTIFIER, EVIDENCE = "identifier", "evidence"


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who is who, and why the others are not linked."""

    frame: pl.DataFrame
    """`participant, person_id, match_weight, match_probability, how`."""
    reasons: pl.DataFrame
    """`participant, reason` of those not linked."""
    conflicts: int
    """Participants whose identifier belongs to a person they were not linked to."""


def person_candidates(
    lab: Lab, scored: pl.DataFrame, names: pl.DataFrame, pool: pl.DataFrame
) -> pl.DataFrame:
    """The best record of each person for each participant.

    Parameters
    ----------
    lab
        The lab; says which fields are identifiers and which must bear them out.
    scored
        Pairs of participants and name records, as `score_pairs` gives them.
    names, pool
        Both sides in standard form.

    Returns
    -------
    pl.DataFrame
        `participant, person_id, match_weight, match_probability`; `named`, whether an identifier belongs to
        this person alone; `alike`, whether a field that bears out an identifier agrees, exactly or closely.
    """
    ids = list(lab.linkage.identifier)
    compared = {c.field for c in lab.linkage.comparison}
    both = scored.join(names, on=PARTICIPANT).join(pool.drop(PERSON), on=RECORD, suffix="_r")
    same = {i: (pl.col(i) == pl.col(f"{i}_r")).fill_null(value=False) for i in ids}
    alone = [same[i] & (pl.col(PERSON).filter(same[i]).n_unique().over(PARTICIPANT) == 1) for i in ids]
    alike = [
        pl.col(f"gamma_{f}") > 0 if f in compared else (pl.col(f) == pl.col(f"{f}_r")).fill_null(value=False)
        for f in lab.linkage.identifier_checks
    ]
    return (
        both.with_columns(
            named=pl.any_horizontal(pl.lit(value=False), *alone),
            alike=pl.any_horizontal(pl.lit(value=False), *alike),
        )
        .group_by(PARTICIPANT, PERSON)
        .agg(pl.col("match_weight", "match_probability").max(), pl.col("named", "alike").any())
        .sort(PARTICIPANT, PERSON)
    )


def resolve(candidates: pl.DataFrame, participants: pl.Series, threshold: float) -> Resolved:
    """Choose at most one person for each participant, and the other way round.

    A person may be linked when an identifier that is theirs alone is borne out by a further field, or when
    the match probability reaches the threshold. Of those, a participant gets the one with the greatest match
    weight, so an identifier does not stand against somebody who fits better; and a person goes to the
    participant who fits best. Exact ties are left unlinked.

    Parameters
    ----------
    candidates
        As `person_candidates` gives them.
    participants
        All participants.
    threshold
        Match probability.
    """
    fits = candidates.filter((pl.col("named") & pl.col("alike")) | (pl.col("match_probability") >= threshold))
    top = fits.filter(pl.col("match_weight") == pl.col("match_weight").max().over(PARTICIPANT))
    one = top.filter(pl.len().over(PARTICIPANT) == 1)
    best = one.filter(pl.col("match_weight") == pl.col("match_weight").max().over(PERSON))
    links = best.filter(pl.len().over(PERSON) == 1)
    how = pl.when(pl.col("named") & pl.col("alike")).then(pl.lit(IDENTIFIER)).otherwise(pl.lit(EVIDENCE))
    frame = links.with_columns(how=how).select(LINK_SCHEMA.names()).cast(LINK_SCHEMA).sort(PARTICIPANT)
    named = candidates.filter("named").join(frame, on=[PARTICIPANT, PERSON], how="anti")
    steps = {
        "nobody alike": candidates,
        "below the threshold": fits,
        "several people fit equally": one,
        "another participant fits better": best,
        "another participant fits equally": links,
    }
    return Resolved(frame, _reasons(participants, steps, frame), named[PARTICIPANT].n_unique())


def _reasons(participants: pl.Series, steps: dict[str, pl.DataFrame], links: pl.DataFrame) -> pl.DataFrame:
    """For each participant without a link, the reason of the first step that lost them."""
    left = pl.DataFrame({PARTICIPANT: participants}).join(links, on=PARTICIPANT, how="anti").sort(PARTICIPANT)
    lost = [
        pl.when(~pl.col(PARTICIPANT).is_in(kept[PARTICIPANT].implode())).then(pl.lit(reason))
        for reason, kept in steps.items()
    ]
    return left.select(PARTICIPANT, reason=pl.coalesce(lost))
