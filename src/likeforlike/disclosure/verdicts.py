"""What other ways of looking say, as it may be shown: a word for each check and measure."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from likeforlike.disclosure.release import CheckRow, MeasureRow, RuleRecord

WHY = (
    "One of four words for each check, and no figure. A word stands for a wide range of figures about everyone "
    "analysed. Measures that are not shown have none."
)


def check_rows(
    frame: pl.DataFrame, measures: Sequence[MeasureRow]
) -> tuple[tuple[CheckRow, ...], tuple[RuleRecord, ...]]:
    """Verdicts on the headline measures that are shown, and the record of the rule.

    A verdict is one of four words, so it cannot carry a count; which one it is depends on estimates over everyone who
    is analysed, each of whom moves those by little. It does tell a direction, or whether an interval reaches zero:
    that is why a measure that is withheld has no verdicts.

    Parameters
    ----------
    frame
        `Checks.frame`.
    measures
        Protected rows of the whole.
    """
    labels = {m.name: m.statistical_label for m in measures if m.headline and not m.withheld}
    asked = frame.filter(pl.col("term").is_in(list(labels))).to_dicts()
    rows = tuple(
        CheckRow(
            check=row["check"],
            title=row["title"],
            measure=row["term"],
            label=labels[row["term"]],
            verdict=row["verdict"],
        )
        for row in asked
    )
    rule = RuleRecord(rule="Checks", target="checks", action="verdicts only", reason=WHY)
    return rows, (rule,) if rows else ()
