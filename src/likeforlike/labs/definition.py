"""What a lab is: one department's service as frozen, validated data.

Each file of a lab's folder is a module of `parts`; `read.py` reads them. Every stage is driven by these models alone,
so another department's lab needs no code.
"""

from __future__ import annotations

from likeforlike.labs.parts.base import Frozen, Name, Share, Text
from likeforlike.labs.parts.columns import AnyOf, Column, Columns, RowRule
from likeforlike.labs.parts.covariates import Covariate, Covariates
from likeforlike.labs.parts.disclosure import DisclosureProfile
from likeforlike.labs.parts.head import (
    Anchor,
    CohortLimits,
    Exclusion,
    FollowUp,
    LabHead,
    MatchingDefaults,
    Noun,
)
from likeforlike.labs.parts.linkage import Comparison, Linkage, LinkField
from likeforlike.labs.parts.outcomes import Measure, Outcomes
from likeforlike.labs.parts.records import RecordColumn, Records, RecordTable
from likeforlike.labs.parts.synthetic import Synthetic
from likeforlike.labs.parts.wording import Wording

__all__ = [
    "Anchor",
    "AnyOf",
    "CohortLimits",
    "Column",
    "Columns",
    "Comparison",
    "Covariate",
    "Covariates",
    "DisclosureProfile",
    "Exclusion",
    "FollowUp",
    "Frozen",
    "Lab",
    "LabHead",
    "LinkField",
    "Linkage",
    "MatchingDefaults",
    "Measure",
    "Name",
    "Noun",
    "Outcomes",
    "RecordColumn",
    "RecordTable",
    "Records",
    "RowRule",
    "Share",
    "Sql",
    "Synthetic",
    "Text",
    "Wording",
]


class Sql(Frozen):
    """The rules of the lab that are queries, in DuckDB's dialect."""

    events: Text
    """All index events: `event_id, person_id, index_date` and what anchors and exclusions use."""
    covariates: Text
    """For the rows of `chosen` (`event_id, person_id, index_date`): one row each with the covariates."""
    before_start: Text
    """For the rows of `started` (`event_id, person_id, index_date, start_date`): `event_id` of those with an
    outcome event before the programme began."""
    outcomes: Text
    """For the rows of `chosen`: one row each with the columns that measures use."""


class Lab(Frozen):
    """A whole lab."""

    head: LabHead
    columns: Columns
    records: Records
    linkage: Linkage
    covariates: Covariates
    outcomes: Outcomes
    disclosure: DisclosureProfile
    wording: Wording
    synthetic: Synthetic | None = None
    sql: Sql
    sha256: str
    """Of all its files."""
    register_sha256: str
    """Of the files that decide what a register holds: `records.toml` and `linkage.toml`."""

    @property
    def name(self) -> str:
        return self.head.name
