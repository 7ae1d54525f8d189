"""Stage 3: from which event each person is followed, who is eligible, and what was known at that date."""

from likeforlike.followup.follow_up import follow_up
from likeforlike.followup.sample import Sample

__all__ = ["Sample", "follow_up"]
