"""What linkage wants of a register when it is built: SQL over the department's tables, and a trained model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from likeforlike.labs.definition import Lab
from likeforlike.linkage.charts import model_charts
from likeforlike.linkage.drift import Fitted, fitted_model
from likeforlike.linkage.keys import frequency_entries_sql, key_entries_sql, weighed_fields
from likeforlike.linkage.names import PERSON, columns_of, names_by_row_sql, names_order, whole_names_sql
from likeforlike.linkage.train import Model, Query

NAMES = "linkage_names"
"""The view that the builder makes of `names`."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """The steps of one lab."""

    table: str
    """The table of names."""
    by_row: Callable[[str], str]
    """Takes a relation of its rows: the query that puts each into standard form."""
    whole: Callable[[str], str]
    """Takes a relation of those: the query for the name records."""
    order: tuple[str, ...]
    """What name records are sorted by before they are numbered."""
    columns: tuple[str, ...]
    """What is kept of each."""
    weighed: tuple[str, ...]
    """Fields in which rare values count for more."""
    key_entries: Callable[[int], str]
    frequency_entries: Callable[[int], str]
    """Both take the bits of a record's number."""
    charts: Callable[[Model], dict[str, str]]
    """A model as pictures, by name; SVG."""
    train: Callable[[Query, Model | None], Fitted]
    """Takes the model of an earlier register, which stands if chance agreement has not drifted."""


def prepare_linkage(lab: Lab) -> Preparation:
    """The steps that make a register of this lab ready for linkage."""
    return Preparation(
        table=lab.linkage.table,
        by_row=lambda relation: names_by_row_sql(lab, relation),
        whole=lambda relation: whole_names_sql(lab, relation),
        order=tuple(names_order(lab)),
        columns=(*columns_of(lab), PERSON),
        weighed=tuple(weighed_fields(lab)),
        key_entries=lambda bits: key_entries_sql(lab, NAMES, bits),
        frequency_entries=lambda bits: frequency_entries_sql(lab, NAMES, bits),
        charts=model_charts,
        train=lambda query, earlier: fitted_model(lab, query, earlier),
    )
