"""What in a list or its links calls for care: sentences for the lab's staff, none for an ordinary list."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from likeforlike.linkage.agreement import MOST_CONFLICTS, share_of_conflicts

if TYPE_CHECKING:
    from likeforlike.intake.cohort import Cohort

SHORTFALL = 0.95
"""Of the people whom the lab expects in the records, the share below which too few are found."""
FEWEST = 20
"""People of whom a list must have so many before their values are held against each other."""
ONE_VALUE, MISSING = 0.5, 0.5
"""Shares of a list that have the same value, or none, in a field that is there to tell people apart."""
LEFT_OUT = 0.05
"""Share of a list of whom a blocking key was not used."""
FEW_CONFLICTS = 5
NOTES = pl.Schema({"note": pl.String(), "sentence": pl.String()})


def list_notes(
    cohort: Cohort, candidates: pl.DataFrame, links: pl.DataFrame, quality: pl.DataFrame, left_out: int
) -> pl.DataFrame:
    """Why a list's people may have been missed, and what does not fit together.

    Parameters
    ----------
    cohort
        The list.
    candidates, links, quality
        As in `Links`.
    left_out
        Participants of whom a blocking key was not used.

    Returns
    -------
    pl.DataFrame
        `note, sentence`: `few_found`, `missing` or `one_value` (once for each field), `identifiers`, `keys_left_out`.
        Holds shares and counts only, no person's.
    """
    people = cohort.people.height
    if not people:
        return pl.DataFrame(schema=NOTES)
    found = [
        *_few_found(cohort, links, quality),
        *_fields(cohort),
        *_identifiers(candidates, links),
        *_keys(left_out, people),
    ]
    return pl.DataFrame(found, schema=NOTES, orient="row")


def _few_found(cohort: Cohort, links: pl.DataFrame, quality: pl.DataFrame) -> Iterator[tuple[str, str]]:
    people, expected = cohort.people.height, cohort.lab.linkage.expected_share
    share = float(links["match_probability"].sum()) / people
    by_chance = 2 * math.sqrt(expected * (1 - expected) / people)
    if share >= min(SHORTFALL * expected, expected - by_chance):
        return
    everyone = quality.row(0, named=True)
    among = everyone["expected_recall"]
    at_share = everyone["recall_at_expected_share"] or 0.0
    against = "" if among is None else f", not the {among:.0%} of those who share a key with their record"
    yield (
        "few_found",
        f"{share:.0%} of the list are found, where the lab expects {expected:.0%} in the records. If they are there, "
        f"{at_share:.0%} of them are found{against}.",
    )


def _fields(cohort: Cohort) -> Iterator[tuple[str, str]]:
    linkage, people = cohort.lab.linkage, cohort.people
    if people.height < FEWEST:
        return
    for field in linkage.field:
        if field.kind == "code" or field.name in linkage.identifier:
            continue
        label, values = cohort.lab.columns.get(field.cohort).label, people[field.cohort].drop_nulls()
        missing = 1 - len(values) / people.height
        if missing > MISSING:
            yield (
                "missing",
                f"{label} is missing in {missing:.0%} of the rows: people are missed for want of it.",
            )
        elif (same := _most_frequent(values) / people.height) > ONE_VALUE:
            yield "one_value", f"{label} is the same in {same:.0%} of the rows: it tells nobody apart."


def _most_frequent(values: pl.Series) -> int:
    return max(values.value_counts()["count"].to_list(), default=0)


def _identifiers(candidates: pl.DataFrame, links: pl.DataFrame) -> Iterator[tuple[str, str]]:
    share = share_of_conflicts(candidates, links)
    named = candidates.filter("named")["participant"].n_unique()
    if share > MOST_CONFLICTS and share * named >= FEW_CONFLICTS:
        yield (
            "identifiers",
            f"{share:.0%} of the identifiers belong to somebody else by name and birth date: they are not believed, "
            "and the register learns nothing from this list.",
        )


def _keys(left_out: int, people: int) -> Iterator[tuple[str, str]]:
    if left_out > LEFT_OUT * people:
        yield (
            "keys_left_out",
            f"For {left_out:,} people a combination of details was not looked up, because too many records or rows "
            "share it: they may be missed.",
        )
