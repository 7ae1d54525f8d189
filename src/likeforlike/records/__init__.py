"""Stage 0: a department's tables become a register, checked, standardised and ready to be linked to."""

from likeforlike.records.build import build_register
from likeforlike.records.open import open_register
from likeforlike.records.register import Register

__all__ = ["Register", "build_register", "open_register"]
