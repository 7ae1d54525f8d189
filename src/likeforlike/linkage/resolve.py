"""From scored pairs to links: one person a participant, one participant a person, no guessing at ties."""

from __future__ import annotations

import math
from dataclasses import dataclass

import polars as pl

from likeforlike.labs.definition import Lab
from likeforlike.linkage.names import PARTICIPANT, PERSON
from likeforlike.linkage.score import DIGITS
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
IDENTIFIER, EVIDENCE, REVIEW = "identifier", "evidence", "review"


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
        `participant, person_id, match_weight, match_probability`; `record`, the person's best; `named`, whether
        an identifier belongs to this person alone; `borne_out`, whether the fields of `identifier_checks` say so
        too; `contradicted`, whether they speak against it. The probability is that of this person and no other:
        a participant is one person at most, so the odds of all candidates are weighed against each other.
    """
    ids = list(lab.linkage.identifier)
    both = scored.join(names, on=PARTICIPANT).join(pool.drop(PERSON), on=RECORD, suffix="_r")
    same = {i: (pl.col(i) == pl.col(f"{i}_r")).fill_null(value=False) for i in ids}
    alone = [same[i] & (pl.col(PERSON).filter(same[i]).n_unique().over(PARTICIPANT) == 1) for i in ids]
    return (
        both.with_columns(named=pl.any_horizontal(pl.lit(value=False), *alone))
        .group_by(PARTICIPANT, PERSON)
        .agg(
            pl.col("match_weight", "checks").max(),
            pl.col(RECORD).get(pl.col("match_weight").arg_max()),
            pl.col("named").any(),
        )
        .with_columns(
            borne_out=pl.col("named") & (pl.col("checks") >= lab.linkage.identifier_evidence),
            contradicted=pl.col("named") & (pl.col("checks") < 0),
            match_probability=of_no_other(),
        )
        .drop("checks")
        .sort(PARTICIPANT, PERSON)
    )


def of_no_other() -> pl.Expr:
    """The probability of a candidate from the match weights of all candidates of the participant."""
    # Fellegi and Sunter's odds with at most one match: o / (1 + the sum of all o), in powers that do not overflow
    top = pl.max_horizontal(pl.col("match_weight").max().over(PARTICIPANT), 0)
    odds = pl.lit(2.0) ** (pl.col("match_weight") - top)
    return (odds / (pl.lit(2.0) ** -top + odds.sum().over(PARTICIPANT))).round(DIGITS)


def resolve(candidates: pl.DataFrame, participants: pl.Series, threshold: float) -> Resolved:
    """Choose at most one person for each participant, and the other way round.

    A person may be linked when an identifier that is theirs alone is borne out, or when the match probability
    reaches the threshold; but never on an identifier that name and birth date speak against. Of those, a
    participant gets the one with the greatest match weight, so an identifier does not stand against somebody who
    fits better; and a person goes to the participant who fits best. Ties are left unlinked, and so are near ties,
    which share the probability.

    Parameters
    ----------
    candidates
        As `person_candidates` gives them.
    participants
        All participants.
    threshold
        Match probability.
    """
    one, best, frame = _chosen(candidates, threshold)
    alone = candidates.filter((pl.col("match_weight") >= _weight(threshold)) | pl.col("borne_out"))
    steps = {
        "nobody alike": candidates,
        "below the threshold": alone,
        "an identifier and the other details contradict each other": alone.filter(~pl.col("contradicted")),
        "several people fit about equally": one,
        "another participant fits better": best,
        "another participant fits equally": frame,
    }
    return Resolved(frame, _reasons(participants, steps, frame), conflicting(candidates, frame))


def links_at(candidates: pl.DataFrame, decisions: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """The links of `resolve` and `overrule` at a threshold, without the reasons of the others."""
    return _overruled(_chosen(candidates, threshold)[-1], candidates, decisions)


def overrule(resolved: Resolved, candidates: pl.DataFrame, decisions: pl.DataFrame) -> Resolved:
    """The links after people have judged some pairs themselves.

    Parameters
    ----------
    resolved, candidates
        What the evidence says.
    decisions
        `participant, person_id, same`: pairs judged to be one person or not; each participant and each person
        is the same as one other at most. Pairs that are no candidates are passed over.
    """
    frame = _overruled(resolved.frame, candidates, decisions)
    everyone = pl.concat([resolved.reasons[PARTICIPANT], resolved.frame[PARTICIPANT]])
    reasons = (
        pl.DataFrame({PARTICIPANT: everyone})
        .join(frame, on=PARTICIPANT, how="anti")
        .join(resolved.reasons, on=PARTICIPANT, how="left")
        .with_columns(pl.col("reason").fill_null("judged to be somebody else"))
        .sort(PARTICIPANT)
    )
    return Resolved(frame, reasons, conflicting(candidates, frame))


def decided(candidates: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """Candidates whose match probability is 1 or 0 where people have decided."""
    known = candidates.join(decisions, on=[PARTICIPANT, PERSON], how="left", maintain_order="left")
    return known.with_columns(
        match_probability=pl.coalesce(pl.col("same").cast(pl.Float64), "match_probability")
    ).drop("same")


def conflicting(candidates: pl.DataFrame, links: pl.DataFrame) -> int:
    """Participants whose identifier belongs to somebody they are not linked to."""
    return (
        candidates.filter("named").join(links, on=[PARTICIPANT, PERSON], how="anti")[PARTICIPANT].n_unique()
    )


def _chosen(candidates: pl.DataFrame, threshold: float) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Candidates that fit their participant alone, that fit their person best, and the links."""
    believed = candidates.filter(~pl.col("contradicted"))
    fits = believed.filter(pl.col("borne_out") | (pl.col("match_probability") >= threshold))
    top = fits.filter(pl.col("match_weight") == pl.col("match_weight").max().over(PARTICIPANT))
    one = top.filter(pl.len().over(PARTICIPANT) == 1)
    best = one.filter(pl.col("match_weight") == pl.col("match_weight").max().over(PERSON))
    links = best.filter(pl.len().over(PERSON) == 1)
    how = pl.when("named").then(pl.lit(IDENTIFIER)).otherwise(pl.lit(EVIDENCE))
    return (
        one,
        best,
        links.with_columns(how=how).select(LINK_SCHEMA.names()).cast(LINK_SCHEMA).sort(PARTICIPANT),
    )


def _overruled(links: pl.DataFrame, candidates: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    if decisions.is_empty():
        return links
    decisions = decisions.join(candidates, on=[PARTICIPANT, PERSON], how="semi")
    same, other = decisions.filter("same"), decisions.filter(~pl.col("same"))
    for rows, on in ((other, [PARTICIPANT, PERSON]), (same, [PARTICIPANT]), (same, [PERSON])):
        links = links.join(rows, on=on, how="anti")
    added = candidates.join(same, on=[PARTICIPANT, PERSON], how="semi").with_columns(how=pl.lit(REVIEW))
    added = added.with_columns(match_probability=pl.lit(1.0))
    return pl.concat([links, added.select(LINK_SCHEMA.names()).cast(LINK_SCHEMA)]).sort(PARTICIPANT)


def _weight(probability: float) -> float:
    return math.log2(probability / (1 - probability))


def _reasons(participants: pl.Series, steps: dict[str, pl.DataFrame], links: pl.DataFrame) -> pl.DataFrame:
    """For each participant without a link, the reason of the first step that lost them."""
    left = pl.DataFrame({PARTICIPANT: participants}).join(links, on=PARTICIPANT, how="anti").sort(PARTICIPANT)
    lost = [
        pl.when(~pl.col(PARTICIPANT).is_in(kept[PARTICIPANT].implode())).then(pl.lit(reason))
        for reason, kept in steps.items()
    ]
    return left.select(PARTICIPANT, reason=pl.coalesce(lost))
