"""The tables of counts behind a release, audited from the exact numbers: does what is shown give what is hidden away?

It holds whatever made the pattern, and takes more for known than is printed: counts that are shown rounded are taken
for exact, and how many people a provider put into each group is known to the provider.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from likeforlike.disclosure.cells.audit import GivenAway, audit
from likeforlike.disclosure.cells.axis import Axis
from likeforlike.disclosure.cells.cells import Cells, cross_table
from likeforlike.disclosure.cells.jj import jj_text
from likeforlike.disclosure.cells.suppress import Protection
from likeforlike.disclosure.release import Release
from likeforlike.labs.definition import DisclosureProfile

FOUND = ("found", "not found")


@dataclass(frozen=True, slots=True)
class AuditedTable:
    """One table, and what it gives away; for the vault only."""

    name: str
    cells: int
    hidden: int
    given_away: tuple[GivenAway, ...]
    jj: str
    """The exact table for τ-ARGUS, so that any office can check it with its own software."""

    @property
    def sentence(self) -> str:
        """For the checker."""
        head = f"{self.name}: {self.hidden} of {self.cells} cells are hidden"
        if not self.given_away:
            return f"{head}, and nothing gives them away."
        told = "; ".join(
            f"{', '.join(' '.join(part) for part in each.key) or 'the total'} is {each.range.least:g} to "
            f"{each.range.most:g}"
            for each in self.given_away
        )
        return f"{head}, but what is shown says that {told}."


def audit_tables(
    release: Release, profile: DisclosureProfile, *, balance: pl.DataFrame, quality: pl.DataFrame
) -> tuple[AuditedTable, ...]:
    """Every category of the balance table, and every group in which linkage is told.

    Parameters
    ----------
    balance
        `Matched.balance`, from the vault.
    quality
        `Links.quality`, from the vault.
    """
    return (*_categories(release, balance, profile), *_groups_found(release, quality, profile))


def _categories(
    release: Release, balance: pl.DataFrame, profile: DisclosureProfile
) -> Iterator[AuditedTable]:
    shown = {(row.covariate, row.level) for row in release.balance if row.light != "hidden"}
    for rows in balance.filter("percent").partition_by("covariate", maintain_order=True):
        levels = [level or "with it" for level in rows["level"]]
        counts = rows["n_treated"].to_list()
        covariate = rows["covariate"][0]
        open_to_all = [(covariate, level) in shown for level in rows["level"]]
        if len(levels) > 1:
            cells = cross_table(np.array(counts, dtype=np.int64), [Axis.of(covariate, levels)])
            known = [*[False] * len(levels), True]
            yield _audited(f"balance {covariate}", cells, [*open_to_all, True], known, profile)


def _groups_found(
    release: Release, quality: pl.DataFrame, profile: DisclosureProfile
) -> Iterator[AuditedTable]:
    told = quality.filter("released").with_columns(
        shown=pl.Series([row.found_percent is not None for row in release.linkage], dtype=pl.Boolean)
    )
    everyone = bool(told["shown"][0]) if told.height else False
    for rows in told[1:].partition_by("group", maintain_order=True):
        counts = np.column_stack([rows["linked"], rows["submitted"] - rows["linked"]]).astype(np.int64)
        axes = [
            Axis.of(rows["group"][0], [level or "not given" for level in rows["level"]]),
            Axis.of("records", FOUND),
        ]
        cells = cross_table(counts, axes)
        shown = [*rows["shown"], everyone]
        # how many were sent of each level is known whatever is shown: the last column is the sum of the other two
        known = [column == len(FOUND) for _ in shown for column in range(len(FOUND) + 1)]
        open_to_all = [each for each in shown for _ in range(len(FOUND) + 1)]
        yield _audited(
            f"linkage {rows['group'][0]}", cells, np.logical_or(open_to_all, known), known, profile
        )


def _audited(
    name: str, cells: Cells, shown: Iterable[bool], known: Iterable[bool], profile: DisclosureProfile
) -> AuditedTable:
    """Few people may be told of nowhere, but where the provider knows it without the lab."""
    open_to_all = np.fromiter(shown, dtype=bool)
    few = (cells.values < profile.hide_below) & ~np.fromiter(known, dtype=bool)
    largest = int(cells.values.max(initial=0))
    protection = Protection(
        few,
        np.maximum(cells.values - 1, 0),
        np.minimum(np.maximum(cells.values, profile.hide_below), largest),
    )
    low = np.where(open_to_all, cells.values, 0).astype(np.float64)
    high = np.where(open_to_all, cells.values, np.inf)
    return AuditedTable(
        name,
        len(cells),
        int((~open_to_all).sum()),
        audit(cells, protection, low, high),
        jj_text(cells, protection),
    )
