"""What many results say together: one mean, how far programmes differ, and what may be missing."""

from likeforlike.evidence.synthesis.synthesise import Synthesis, synthesise
from likeforlike.evidence.synthesis.write import synthesis_page, write_synthesis

__all__ = ["Synthesis", "synthesis_page", "synthesise", "write_synthesis"]
