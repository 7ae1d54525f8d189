"""The pairs to look at as a person reads them: both sides beside each other, and why they are thought alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from likeforlike.linkage.clerical.draw import SIZE, review_set
from likeforlike.linkage.explain import in_words, waterfall
from likeforlike.linkage.links import Links
from likeforlike.linkage.names import PARTICIPANT, PERSON, cohort_names_sql
from likeforlike.records.name_lines import RECORD

if TYPE_CHECKING:
    from likeforlike.records.register import Register

LIST, ROW, DECISION = "list", "row", "decision"
SHORT = 12


def review_table(links: Links, register: Register, *, size: int = SIZE, seed: int = 1) -> pl.DataFrame:
    """The review set with all that a reviewer needs.

    Parameters
    ----------
    links, register
        The links and the register they were found in.
    size, seed
        As for `review_set`.

    Returns
    -------
    pl.DataFrame
        `list` (the list's hash, shortened), `participant`, `row` (of the list), `person_id`, an empty `decision`,
        `linked`, `match_probability`, `why`, then each field as `FIELD_listed` and `FIELD_recorded`. It holds people's
        details and stays in the vault.
    """
    lab, people = links.cohort.lab, links.cohort.people
    drawn = review_set(links.candidates, links.frame, size=size, seed=seed)
    if drawn.is_empty():
        return pl.DataFrame(schema=dict.fromkeys((LIST, PARTICIPANT, ROW, PERSON, DECISION), pl.String))
    names = register.query(cohort_names_sql(lab), people=people)
    fields = [field.name for field in lab.linkage.field]
    listed = people.select(
        PARTICIPANT, ROW, *(pl.col(f.cohort).alias(f"{f.name}_listed") for f in lab.linkage.field)
    )
    recorded = register.lookup.names.take(drawn[RECORD].unique().sort())
    recorded = recorded.select(RECORD, *(pl.col(f).alias(f"{f}_recorded") for f in fields))
    told = (
        in_words(waterfall(lab, names, drawn, register, share=links.share))
        if drawn.height
        else drawn.select(PARTICIPANT, RECORD, why=pl.lit(""))
    )
    both = drawn.join(listed, on=PARTICIPANT, maintain_order="left").join(
        recorded, on=RECORD, maintain_order="left"
    )
    whole = both.join(told, on=[PARTICIPANT, RECORD], how="left", maintain_order="left")
    return whole.select(
        pl.lit(links.cohort.sha256[:SHORT]).alias(LIST),
        PARTICIPANT,
        ROW,
        PERSON,
        pl.lit("").alias(DECISION),
        "linked",
        "match_probability",
        "why",
        *(f"{field}_{side}" for field in fields for side in ("listed", "recorded")),
    )
