"""Finds a cohort's participants in the register."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from likeforlike.linkage.agreement import agreement
from likeforlike.linkage.candidates import find_candidates
from likeforlike.linkage.groups import Recorded, recorded_levels
from likeforlike.linkage.learn import SCHEMA as COUNTS
from likeforlike.linkage.links import Links
from likeforlike.linkage.names import PARTICIPANT, PERSON, cohort_names_sql
from likeforlike.linkage.notes import list_notes
from likeforlike.linkage.quality import linkage_quality, threshold_table
from likeforlike.linkage.resolve import decided, overrule, person_candidates, resolve
from likeforlike.linkage.score import score_pairs
from likeforlike.linkage.share import cohort_share, with_share
from likeforlike.records.name_lines import RECORD
from likeforlike.terms import NOT_FOUND, Progress, silent

if TYPE_CHECKING:
    from likeforlike.intake.cohort import Cohort
    from likeforlike.records.register import Register


NO_CANDIDATES = pl.Schema(
    {
        PARTICIPANT: pl.Int64(),
        PERSON: pl.String(),
        "match_weight": pl.Float64(),
        RECORD: pl.Int64(),
        "named": pl.Boolean(),
        "borne_out": pl.Boolean(),
        "contradicted": pl.Boolean(),
        "match_probability": pl.Float64(),
    }
)

DECISIONS = pl.Schema({PARTICIPANT: pl.Int64(), PERSON: pl.String(), "same": pl.Boolean()})


def link(cohort: Cohort, register: Register, *, progress: Progress = silent) -> Links:
    """Link participants to persons of the register.

    An identifier that belongs to one person links when name and birth date bear it out and nobody fits better, and
    never when they speak against it; all else is decided by Splink's match weight with the register's trained
    model and the share of this cohort that is in the register.

    Parameters
    ----------
    cohort
        The provider's list.
    register
        The register of the same lab.
    progress
        Told in a sentence what is being done.

    Returns
    -------
    Links
        One row for each linked participant; nobody found gives an empty frame, not an error.
    """
    lab = cohort.lab
    progress("Looking for people who may be the same")
    names = register.query(cohort_names_sql(lab), people=cohort.people)
    found = find_candidates(lab, names, register)
    progress("Weighing the evidence")
    expected, nothing = lab.linkage.expected_share, pl.DataFrame(schema=DECISIONS)
    if found.pairs.is_empty():
        candidates = pl.DataFrame(schema=NO_CANDIDATES)
        share = cohort_share(candidates, cohort.people.height, expected)
        nobody = pl.Series(PERSON, [], pl.String)
        recorded = recorded_levels(lab, nobody, register)
        return judged(
            *(cohort, register.vintage, recorded, candidates),
            *(pl.DataFrame(schema=COUNTS), nothing, share, found.left_out),
        )
    # what is recorded of all who may be found is read while the pairs are scored: both take long, apart
    with ThreadPoolExecutor(1) as aside:
        reading = aside.submit(recorded_levels, lab, found.pool[PERSON].unique(), register)
        scored = score_pairs(lab, names, found, register)
        recorded = reading.result()
    candidates = person_candidates(lab, scored, names, found.pool)
    share = cohort_share(candidates, cohort.people.height, expected)
    candidates = with_share(candidates, share, expected)
    links = judged(
        *(cohort, register.vintage, recorded, candidates),
        *(pl.DataFrame(schema=COUNTS), nothing, share, found.left_out),
    )
    return replace(links, agreement=agreement(lab, scored, candidates, links.frame))


def judged(
    cohort: Cohort,
    vintage: date,
    recorded: Recorded,
    candidates: pl.DataFrame,
    counts: pl.DataFrame,
    decisions: pl.DataFrame,
    share: float | None = None,
    left_out: int = 0,
    threshold: float | None = None,
) -> Links:
    """Links with all that is said of their quality.

    Parameters
    ----------
    cohort
        What was linked.
    vintage, recorded
        The date of the extract, and what it says of the candidates, as `recorded_levels` gives it.
    candidates, counts
        All candidates, and the levels of agreement where an identifier says who is who.
    decisions
        What people decided about pairs in doubt.
    share
        The share of the cohort that is in the register, as `cohort_share` finds it; the lab's if not given.
    left_out
        Participants of whom a blocking key was not used.
    threshold
        Match probability from which a participant counts as found; the lab's if not given.
    """
    lab, people = cohort.lab, cohort.people
    by_evidence = resolve(candidates, people[PARTICIPANT], threshold or lab.linkage.threshold)
    resolved = overrule(by_evidence, candidates, decisions)
    likely = decided(candidates, decisions)
    quality = linkage_quality(lab, people, likely, resolved.frame, vintage, recorded)
    return Links(
        cohort=cohort,
        frame=resolved.frame,
        candidates=candidates,
        decisions=decisions,
        agreement=counts,
        quality=quality,
        thresholds=threshold_table(lab, candidates, decisions),
        unlinked=resolved.reasons.group_by("reason").agg(participants=pl.len()).sort("reason"),
        conflicts=resolved.conflicts,
        share=lab.linkage.expected_share if share is None else share,
        left_out=left_out,
        notes=list_notes(cohort, candidates, resolved.frame, quality, left_out),
        flow=cohort.flow.then(NOT_FOUND, "Not found in the records", resolved.frame.height),
    )
