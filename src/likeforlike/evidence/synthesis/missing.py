"""What may be missing: small studies that say something else, results nobody sees, results without figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from likeforlike.evidence.library.library import LeftOut, Library
from likeforlike.evidence.meta.egger import FEWEST, Egger, egger
from likeforlike.evidence.meta.selection import Selection, selection

Floats = NDArray[np.float64]
NO_FIGURES = ("no_figures", "no_interval", "withheld")
Untested = Literal["", "too_few", "no_direction", "one_side", "alike"]


@dataclass(frozen=True, slots=True)
class Missing:
    """Two tests with why each was not made, and what is known of results without figures."""

    egger: Egger | None
    egger_untested: Untested
    selection: Selection | None
    selection_untested: Untested
    silent: int
    """Published results without figures that could be put together."""
    silent_clear: int
    """Those of them that were called significant."""
    silent_unclear: int
    """Those that were called not significant."""


def missing(library: Library, y: Floats, v: Floats) -> Missing:
    """Look for what is not there; with fewer than ten results, tests find nothing and are not made."""
    silent = [left for left in library.left_out if left.why in NO_FIGURES]
    told: dict[str, int] = {
        "silent": len(silent),
        "silent_clear": _saying(silent, True),
        "silent_unclear": _saying(silent, False),
    }
    if len(y) < FEWEST:
        return Missing(None, "too_few", None, "too_few", **told)
    line = egger(y, v)
    better = library.measured.better
    step = selection(y, v, lower_is_better=better == "lower") if better else None
    why: Untested = "" if step else "one_side" if better else "no_direction"
    return Missing(line, "" if line else "alike", step, why, **told)


def _saying(left_out: list[LeftOut], significant: bool) -> int:
    return sum(left.significant is significant for left in left_out)
