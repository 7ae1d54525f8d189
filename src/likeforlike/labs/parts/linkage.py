"""`linkage.toml`: who is who."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from likeforlike.labs.parts.base import Frozen, Name, Share, Text


class LinkField(Frozen):
    """A field that both sides hold; `kind` says how both are standardised."""

    name: Name
    """What the lab calls the field."""
    cohort: Name
    """The provider's column."""
    records: Name
    """The column of the department's table of names."""
    kind: Literal["name", "date", "code", "identifier", "postcode", "text"]
    """How both sides are standardised."""
    canonical: tuple[tuple[str, str], ...] = ()
    """For identifiers: replacements, as for the provider's column."""


class Comparison(Frozen):
    """How two values of a field (or two fields, where they may be swapped) are compared."""

    field: Name
    """The field."""
    method: Literal["name", "date", "exact", "identifier", "postcode", "text"]
    """Which levels of likeness there are."""
    swapped_with: Name | None = None
    """For names and texts: the field it is sometimes swapped with (surname, second line of an address)."""
    term_frequency: bool = False
    """Whether agreeing on a rare value counts for more."""
    expected_agreement: Share | None = None
    """For near-unique identifiers: m of exact agreement, set and not estimated."""


class QualityGroup(Frozen):
    """A way to divide participants, by which the lab's staff see how well they were found."""

    label: Text
    """How the group is headed."""
    column: Name | None = None
    """The provider's column by whose value participants are divided."""
    recorded: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*[.][a-z][a-z0-9_]*$")] | None = None
    """Or `table.column` of the records, for those found; the table has one row a person."""
    by: Literal["value", "age", "initial", "given"] = "value"
    """The value itself, age in years at the date of the extract, first letter, or whether it is given at all."""
    ages: tuple[int, ...] = ()
    """For age: where each band but the first begins."""


class Linkage(Frozen):
    """How a participant is found in the register: `linkage.toml`."""

    table: Name
    """The department's table with one row a recorded name."""
    person: Name
    """Its column that names the person."""
    field: tuple[LinkField, ...]
    comparison: tuple[Comparison, ...]
    blocking: tuple[tuple[str, ...], ...]
    """Each rule: SQL expressions over fields that must be equal on both sides."""
    training_blocking: tuple[tuple[str, ...], ...]
    """Rules for the pairs from which expectation maximisation learns; none where the table has one row a person."""
    identifier: tuple[Name, ...]
    """Fields that name one person; tried first, in order."""
    identifier_checks: tuple[Name, ...]
    """Compared fields that say who it is. Where they speak against an identifier, it is a conflict and no link."""
    identifier_evidence: Annotated[float, Field(ge=0)] = 10.0
    """Bits of match weight that they must give together before an identifier links below the threshold."""
    groups: tuple[Name, ...] = ()
    """Cohort columns by which linkage quality is shown, in reports too."""
    staff_groups: tuple[QualityGroup, ...] = ()
    """Further groups by which the lab's staff see it."""
    threshold: Share
    """Match probability from which a participant counts as found."""
    sensitivity: tuple[Share, ...] = (0.5, 0.99)
    """Other thresholds at which each study is made again, to see whether its result depends on linkage."""
    expected_share: Share = 0.85
    """Share of participants expected in the register: where the search for a cohort's own share begins."""
