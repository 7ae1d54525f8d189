"""The effect from a release: its measure, for 100 people or for each."""

from __future__ import annotations

from likeforlike.disclosure.release import Release
from likeforlike.errors import InputProblem
from likeforlike.evidence.money.prices import Effect


def effect_of(release: Release, measure: str | None) -> Effect:
    """The difference of a measure; the first headline measure if none is named.

    Raises
    ------
    InputProblem
        The release is a refusal, has no such measure, does not show it, or shows an interval without width.
    """
    if release.status == "refused":
        raise InputProblem("The release is a refusal, so there is no effect to put a value on.")
    countable = [m for m in release.measures if m.kind in ("rate", "frequency") and not m.descriptive]
    found = next((m for m in countable if measure in (None, m.name)), None)
    if found is None:
        names = ", ".join(m.name for m in countable)
        raise InputProblem(
            f"The release has no measure '{measure}' that can be counted: choose from {names}."
        )
    if found.difference is None or found.conf_low is None or found.conf_high is None:
        raise InputProblem(
            f"The measure '{found.name}' is withheld or has no interval, so its value has no range: choose another."
        )
    if not found.conf_low < found.conf_high:
        raise InputProblem(
            f"The interval of '{found.name}' has no width after rounding: no range can be given."
        )
    return Effect(
        estimate=min(max(found.difference, found.conf_low), found.conf_high),
        low=found.conf_low,
        high=found.conf_high,
        per="100 people" if found.kind == "rate" else "person",
        better=found.better,
        source=f"{release.lab_title}: {release.programme.name}, {found.statistical_label}",
    )
