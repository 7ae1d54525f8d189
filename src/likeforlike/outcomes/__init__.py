"""Stage 5: what happened afterwards, opened only for a sealed match."""

from likeforlike.outcomes.open_outcomes import Outcomes, open_outcomes

__all__ = ["Outcomes", "open_outcomes"]
