"""What many results say together: one mean, how far programmes differ, and what may be missing."""

from likeforlike.evidence.synthesis.synthesise import Synthesis, synthesise
from likeforlike.evidence.synthesis.write import write_synthesis

__all__ = ["Synthesis", "synthesise", "write_synthesis"]
