"""The time, for seals and entries of the ledger; no figure depends on it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Now, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
