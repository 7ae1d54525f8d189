"""What a lab is: one department's service as frozen, validated data.

Each file of a lab's folder is a module of `parts`; `read.py` reads them. Every stage is driven by these models alone,
so another department's lab needs no code.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pydantic import Field

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
from likeforlike.labs.parts.history import History, PastFlow, Typical
from likeforlike.labs.parts.linkage import Comparison, Linkage, LinkField, QualityGroup
from likeforlike.labs.parts.negative_controls import NegativeControl, NegativeControls
from likeforlike.labs.parts.outcomes import Measure, Outcomes
from likeforlike.labs.parts.records import RecordColumn, Records, RecordTable
from likeforlike.labs.parts.synthetic import Synthetic
from likeforlike.labs.parts.theme import Theme
from likeforlike.labs.parts.wording import Wording

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

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
    "History",
    "Lab",
    "LabHead",
    "LinkField",
    "Linkage",
    "MatchingDefaults",
    "Measure",
    "Name",
    "NegativeControl",
    "NegativeControls",
    "Noun",
    "Outcomes",
    "PastFlow",
    "QualityGroup",
    "RecordColumn",
    "RecordTable",
    "Records",
    "RowRule",
    "Share",
    "Sql",
    "Synthetic",
    "Text",
    "Theme",
    "Typical",
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
    negative_controls: Text | None = None
    """For the rows of `chosen`: one row each with the columns that negative controls use."""


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
    negative_controls: NegativeControls = NegativeControls()
    synthetic: Synthetic | None = None
    translations: dict[str, Wording] = Field(default_factory=dict)
    """Its sentences in other languages: `wording.cy.toml` for Welsh."""
    language: str = "en"
    """In which its reports speak."""
    theme: Theme = Theme()
    logo_address: str = ""
    """The theme's logo itself as a `data:` address, which needs no request."""
    history: History | None = None
    sql: Sql
    sha256: str
    """Of all its files that can change an answer."""
    register_sha256: str
    """Of what decides the content of a register: `records.toml` and most of `linkage.toml`."""

    @property
    def name(self) -> str:
        return self.head.name

    def summary(self) -> str:
        """Whose lab it is, what it needs, and what it measures, in a few lines."""
        head, limits = self.head, self.head.cohort
        said = self.outcomes.over(head.follow_up.months).measure
        measures = [f"  {m.label}{' (headline)' * m.headline}" for m in said]
        return "\n".join(
            [
                f"{head.title} ('{head.name}', version {head.version}), {head.department}",
                head.about,
                f"A list holds {limits.minimum:,} to {limits.maximum:,} {head.noun.plural}; {self._needs()}.",
                f"Each is followed for {head.follow_up.months} months and compared on "
                f"{len(self.covariates.covariate)} covariates.",
                "Measures:",
                *measures,
            ]
        )

    def to_frame(self) -> pl.DataFrame:
        """The measures: `name, label, kind, headline, better`."""
        import polars as pl

        names = ("name", "label", "kind", "headline", "better")
        said = self.outcomes.over(self.head.follow_up.months).measure
        rows = [[getattr(measure, name) for name in names] for measure in said]
        schema = {name: pl.Boolean if name == "headline" else pl.String for name in names}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def to_dict(self) -> dict[str, Any]:
        """The whole definition but its queries, ready for JSON."""
        return self.model_dump(mode="json", exclude={"sql", "history", "logo_address"})

    def plot(self) -> alt.Chart:
        """Covariates under each heading of the balance table, as bars."""
        from likeforlike.plots import table_plot

        groups = Counter(covariate.group for covariate in self.covariates.covariate)
        return table_plot(dict(groups), title="Covariates of the lab", counted="Covariates")

    def _needs(self) -> str:
        needed = [column.label for column in self.columns.column if column.required]
        return f"each needs {', '.join(needed)}" if needed else "no column is needed by itself"
