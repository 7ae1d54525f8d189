"""Stage 4: people alike to the participants, and the proof that they are alike. Sees no outcome."""

from likeforlike.matching.match import match
from likeforlike.matching.matched import Matched

__all__ = ["Matched", "match"]
