"""How far a release's rate may lie from what was found: by the profile that protected it and the people it is of."""

from __future__ import annotations

from likeforlike.disclosure.release import MeasureRow, Release
from likeforlike.evidence.payment.numbers import Printed
from likeforlike.labs.profiles.read import rules_of

STEPS = (1, 2, 5, 10, 20, 50)
"""Points by which rates of small groups go."""
PEOPLE = 5
"""Half of the step by which numbers of people are rounded, at most, in the profiles that come with the package."""


def rate_as_released(release: Release, row: MeasureRow, side: str) -> Printed:
    """A rate with its bounds, which are wide rather than too narrow.

    Where rates are of exact numbers, those of small groups go by steps. Where they are of rounded numbers, events and
    people may each have been moved; a profile that is not known counts as such.

    Parameters
    ----------
    side
        `treatment` or `comparison`.
    """
    value = float(getattr(row, side))
    people = _people(release, row, side)
    step = next((s for s in STEPS if s * (people - PEOPLE) >= 100), STEPS[-1])
    half = max(10.0**-row.decimals, step) / 2
    if rules_of(release.provenance.disclosure_profile).get("rates_from") != "exact":
        half += PEOPLE * (100 + value) / max(people - PEOPLE, 1)
    return Printed(value, max(value - half, 0.0), min(value + half, 100.0))


def _people(release: Release, row: MeasureRow, side: str) -> int:
    """Of whom the rate is; a weighted comparison group counts as its effective size."""
    if side == "treatment":
        return row.n_treatment or 0
    effective = release.match.effective_comparison if release.match else 0
    return min(row.n_comparison or 0, effective)
