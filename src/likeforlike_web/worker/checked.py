"""What a check found, as it may cross to the website: columns, rows and sentences, never a value."""

from __future__ import annotations

from typing import Any

from likeforlike.intake import Cohort
from likeforlike.intake.problems import MUST_FIX, PLEASE_CONFIRM

MOST_ROWS = 5_000
"""Row numbers that are kept of one kind of problem; its count is of all."""


def told(cohort: Cohort) -> dict[str, Any]:
    """Counts, problems by kind with their rows, and how the file is laid out."""
    kinds = cohort.problems.counts().to_dicts()
    return {
        "rows": cohort.source.rows,
        "people": cohort.people.height,
        "must_fix": len(cohort.problems.of(MUST_FIX)),
        "please_confirm": len(cohort.problems.of(PLEASE_CONFIRM)),
        "problems": [{**kind, "rows": kind["rows"][:MOST_ROWS]} for kind in kinds],
        "notes": list(cohort.notes),
        "columns": [list(pair) for pair in cohort.source.columns],
        "unread": list(cohort.source.unread),
        "sheet": cohort.source.sheet or "",
        "sha256": cohort.sha256,
    }
