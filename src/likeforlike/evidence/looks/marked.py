"""A release of a growing list, held against the limit of its look: what does not reach it is no claim."""

from __future__ import annotations

from collections.abc import Sequence

from likeforlike.disclosure.release import LookRow, MeasureRow, Release, RuleRecord
from likeforlike.evidence.library.from_table import Z
from likeforlike.evidence.looks.declared import Looks

RULE = RuleRecord(
    rule="Looks",
    target="looks",
    action="shown",
    reason="Worked out from released figures alone.",
)
REFUSED = RULE.model_copy(update={"reason": "Of a refused look nothing is said but that it was one."})


def marked(release: Release, plan: Looks, earlier: Sequence[LookRow] = ()) -> Release:
    """The release with every look so far, and without claims that do not reach this look's limit.

    Parameters
    ----------
    earlier
        Looks before this one, earliest first.
    """
    told = [*earlier, this_look(release, plan, earlier)]
    limit = told[-1].limit
    held = {"looks": tuple(told), "rules": (*release.rules, RULE if limit is not None else REFUSED)}
    if limit is not None:
        held["measures"] = tuple(_held(row, limit) for row in release.measures)
        held["sub_analyses"] = tuple(
            part.model_copy(
                update={
                    name: tuple(_held(row, limit) for row in getattr(part, name))
                    for name in ("inside", "rest")
                }
            )
            for part in release.sub_analyses
        )
    return Release.model_validate({**dict(release), **held})


def this_look(release: Release, plan: Looks, earlier: Sequence[LookRow]) -> LookRow:
    """What a release adds to the lineage; a refused one uses up a look and nothing of the level."""
    number = len(earlier) + 1
    head = {"look": number, "of": plan.of, "vintage": release.provenance.vintage, "status": release.status}
    if release.status == "refused" or release.match is None:
        return LookRow(**head, analysed=None, share=None, limit=None, z=None, beyond=False)
    analysed = release.match.treated
    limit = _limit(plan, number, analysed, earlier)
    z = z_of(release.measures[0])
    share = round(100 * plan.share(analysed, number))
    return LookRow(
        **head,
        analysed=analysed,
        share=share,
        limit=limit,
        z=None if z is None else round(z, 2),
        beyond=release.measures[0].significant and z is not None and abs(z) >= limit,
    )


def z_of(row: MeasureRow) -> float | None:
    """The difference over its standard error, from the interval as shown; nothing where a figure is withheld."""
    if (
        row.difference is None
        or row.conf_low is None
        or row.conf_high is None
        or row.conf_high <= row.conf_low
    ):
        return None
    return row.difference * 2 * Z / (row.conf_high - row.conf_low)


def _limit(plan: Looks, number: int, analysed: int, earlier: Sequence[LookRow]) -> float:
    """Refused looks know nothing: they stand in the count of looks with nobody analysed."""
    return plan.limits([*(row.analysed or 0 for row in earlier), analysed])[number - 1]


def _held(row: MeasureRow, limit: float) -> MeasureRow:
    z = z_of(row)
    if not row.significant or (z is not None and abs(z) >= limit):
        return row
    return row.model_copy(update={"significant": False, "doubt": "looks", "direction": "undetermined"})
