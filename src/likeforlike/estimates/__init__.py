"""Stage 6: the difference between the groups for each measure, with its uncertainty."""

from likeforlike.estimates.estimate import Estimates, estimate_effects

__all__ = ["Estimates", "estimate_effects"]
