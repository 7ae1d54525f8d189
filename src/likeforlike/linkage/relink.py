"""The same evidence judged otherwise: at another threshold, or with the pairs that people looked at themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from likeforlike.errors import InputProblem
from likeforlike.linkage.groups import recorded_levels
from likeforlike.linkage.link import judged
from likeforlike.linkage.links import Links
from likeforlike.linkage.names import PARTICIPANT, PERSON

if TYPE_CHECKING:
    import polars as pl

    from likeforlike.records.register import Register


def at_threshold(links: Links, register: Register, threshold: float) -> Links:
    """The links that another match probability would give; what people decided holds."""
    return _again(links, register, links.decisions, threshold)


def after_review(links: Links, register: Register, decisions: pl.DataFrame) -> Links:
    """The links after clerical review.

    Parameters
    ----------
    links
        What the evidence says.
    register
        The register they were found in.
    decisions
        As `read_review` gives them.

    Raises
    ------
    InputProblem
        A decision is about somebody whom linkage never thought of.
    """
    unknown = decisions.join(links.candidates, on=[PARTICIPANT, PERSON], how="anti")
    if unknown.height:
        raise InputProblem(
            f"The review names {unknown.height:,} people who were not among its pairs: a spreadsheet may have changed "
            "the column person_id (leading zeros, say); fill in the file as it was drawn."
        )
    return _again(links, register, decisions, None)


def _again(links: Links, register: Register, decisions: pl.DataFrame, threshold: float | None) -> Links:
    recorded = recorded_levels(links.cohort.lab, links.candidates[PERSON].unique(), register)
    evidence = (links.candidates, links.agreement, decisions, links.share, links.left_out)
    return judged(links.cohort, register.vintage, recorded, *evidence, threshold)
