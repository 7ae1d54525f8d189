"""What a study of this size can see: known before any outcome is, so it is worked out with the match."""

from __future__ import annotations

from likeforlike.matching.detectable import (
    detectable_effect,
    expected_error,
    expected_half_width,
    frequency_spread,
    participants_needed,
    power_to_detect,
    rate_spread,
)

__all__ = [
    "detectable_effect",
    "expected_error",
    "expected_half_width",
    "frequency_spread",
    "participants_needed",
    "power_to_detect",
    "rate_spread",
]
