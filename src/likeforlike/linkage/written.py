"""Names and birth dates as the list has them, in standard form: all that is known of people who were not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from likeforlike.linkage.names import PARTICIPANT, cohort_names_sql

if TYPE_CHECKING:
    from likeforlike.intake.cohort import Cohort
    from likeforlike.records.register import Register

KINDS = ("name", "date")


def in_standard_form(cohort: Cohort, register: Register) -> pl.DataFrame:
    """Each participant's name and birth date as one text: `participant, written`."""
    fields = [field.name for field in cohort.lab.linkage.field if field.kind in KINDS]
    names = register.query(cohort_names_sql(cohort.lab), people=cohort.people)
    written = pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in fields], separator="|")
    return names.select(PARTICIPANT, written=written).sort(PARTICIPANT)
