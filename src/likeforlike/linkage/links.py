"""Who was found in the register, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from likeforlike.terms import Flow

if TYPE_CHECKING:
    import altair as alt

    from likeforlike.intake.cohort import Cohort


DESCRIPTION = "Number of linked participants by match weight and by how they were linked."


@dataclass(frozen=True, slots=True, repr=False)
class Links:
    """The participants that were found in the register; nobody twice on either side."""

    cohort: Cohort
    frame: pl.DataFrame
    """`participant, person_id, match_weight, match_probability, how` ('identifier', 'evidence' or 'review')."""
    candidates: pl.DataFrame
    """Everybody who might have been meant; see `person_candidates`."""
    decisions: pl.DataFrame
    """`participant, person_id, same`: what people decided about pairs in doubt; mostly empty."""
    agreement: pl.DataFrame
    """What this cohort teaches of true pairs; see `agreement`."""
    quality: pl.DataFrame
    """By group; see `linkage_quality`."""
    thresholds: pl.DataFrame
    """What other thresholds would give; see `threshold_table`."""
    unlinked: pl.DataFrame
    """`reason, participants`: why the others were not linked."""
    conflicts: int
    """Participants whose identifier belongs to somebody they were not linked to."""
    share: float
    """The share of the cohort that is in the register by its own evidence: the prior of its match probabilities."""
    left_out: int
    """Participants of whom a blocking key was not used, because too many records or participants share it."""
    notes: pl.DataFrame
    """`note, sentence`: what in the list or the result calls for care; empty for an ordinary list."""
    flow: Flow

    def __repr__(self) -> str:
        return f"<Links: {self.frame.height:,} of {self.cohort.people.height:,} found>"

    def summary(self) -> str:
        """Counts and expected quality in a few lines."""
        everyone = self.quality.row(0, named=True)
        lines = [f"Found {everyone['linked']:,} of {everyone['submitted']:,} in the records"]
        if everyone["linked"]:
            lines[0] += f", {everyone['by_identifier']:,} by an identifier"
            lines.append(
                f"Expected share of links that are right: {everyone['expected_precision']:.1%}; "
                f"of people whose records share a key with their details, found: {everyone['expected_recall']:.1%}"
            )
        lines += [f"Not linked, {reason}: {count:,}" for reason, count in self.unlinked.iter_rows()]
        if self.conflicts:
            lines.append(f"Identifiers that contradict the other details: {self.conflicts:,}")
        lines += [f"Mind: {sentence}" for sentence in self.notes["sentence"]]
        return "\n".join(lines)

    def to_frame(self) -> pl.DataFrame:
        """Quality by group; the links themselves are in `frame` and stay in the vault."""
        return self.quality

    def to_dict(self) -> dict[str, Any]:
        """Quality, reasons and flow, ready for JSON, without any person."""
        return {
            "quality": self.quality.to_dicts(),
            "thresholds": self.thresholds.to_dicts(),
            "unlinked": self.unlinked.to_dicts(),
            "conflicts": self.conflicts,
            "share": self.share,
            "notes": self.notes.to_dicts(),
            "flow": self.flow.to_dict(),
        }

    def plot(self) -> alt.Chart:
        """A histogram of match weights, by how participants were linked."""
        import altair as alt

        counts = (
            self.frame.group_by("how", weight=pl.col("match_weight").floor())
            .agg(participants=pl.len())
            .sort("weight", "how")
        )
        chart: alt.Chart = (
            alt.Chart(counts, description=DESCRIPTION)
            .mark_bar()
            .encode(
                x=alt.X("weight:Q", title="Match weight", bin=alt.Bin(step=1)),
                y=alt.Y("participants:Q", title="Participants"),
                color=alt.Color("how:N", title="Linked by", scale=alt.Scale(range=["#12436D", "#F46A25"])),
            )
        )
        return chart
