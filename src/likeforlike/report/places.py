"""What every sentence of a report may say of the people in it."""

from __future__ import annotations

from likeforlike.disclosure.release import Release
from likeforlike.labs.definition import Lab
from likeforlike.report.read import chrome


def people_places(release: Release, lab: Lab) -> dict[str, str]:
    """Who is spoken of, for how long, and what tells the groups apart: having taken part, or the lot."""
    arms: dict[str, str] = chrome(lab.language)["arms"]["by_lot" if by_lot(release) else "matched"]
    return {
        "noun": release.noun_singular,
        "nouns": release.noun_plural,
        "Nouns": capital(release.noun_plural),
        "period": lab.outcomes.period(release.follow_up_months),
        "months": str(release.follow_up_months),
        "settle_months": str(release.settle_months),
        **arms,
    }


def by_lot(release: Release) -> bool:
    """Whether the groups are the arms of a trial."""
    return release.match is not None and release.match.method == "trial"


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
