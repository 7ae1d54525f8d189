"""What several departments' labs found about one programme, side by side."""

from likeforlike.evidence.together.answers import together
from likeforlike.evidence.together.write import write_together

__all__ = ["together", "write_together"]
