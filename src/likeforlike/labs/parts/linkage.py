"""`linkage.toml`: who is who."""

from __future__ import annotations

from typing import Literal

from likeforlike.labs.parts.base import Frozen, Name, Share


class LinkField(Frozen):
    """A field that both sides hold; `kind` says how both are standardised."""

    name: Name
    """What the lab calls the field."""
    cohort: Name
    """The provider's column."""
    records: Name
    """The column of the department's table of names."""
    kind: Literal["name", "date", "code", "identifier", "postcode"]
    """How both sides are standardised."""
    canonical: tuple[tuple[str, str], ...] = ()
    """For identifiers: replacements, as for the provider's column."""


class Comparison(Frozen):
    """How two values of a field (or two fields, for swapped names) are compared."""

    field: Name
    """The field."""
    method: Literal["name", "date", "exact", "identifier", "postcode"]
    """Which levels of likeness there are."""
    swapped_with: Name | None = None
    """For names: the field it is sometimes swapped with."""
    term_frequency: bool = False
    """Whether agreeing on a rare value counts for more."""
    expected_agreement: Share | None = None
    """For near-unique identifiers: m of exact agreement, set and not estimated."""


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
    """Rules for the pairs from which expectation maximisation learns."""
    identifier: tuple[Name, ...]
    """Fields that name one person; tried first, in order."""
    identifier_checks: tuple[Name, ...]
    """Fields of which at least one must also be alike before an identifier is believed."""
    groups: tuple[Name, ...] = ()
    """Cohort columns by which linkage quality is shown."""
    threshold: Share
    """Match probability from which a participant counts as found."""
    expected_share: Share = 0.85
    """Share of participants expected in the register: the prior of a cohort."""
