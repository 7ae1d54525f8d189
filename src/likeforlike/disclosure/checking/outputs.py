"""What a release consists of, output by output: a table, a measure, a sub-group or a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from likeforlike.disclosure.release import MeasureRow, Release, sub_group_target
from likeforlike.hashes import sha256_of

Row = dict[str, Any]
HEADINGS = (
    "status",
    "lab_title",
    "department",
    "noun_singular",
    "noun_plural",
    "follow_up_months",
    "settle_months",
    "provenance",
    "disclosure",
    "rules",
    "margin",
)
"""Fields that say nothing about people: the lab's, the plan's, and how it was made."""
TABLES = (
    "flow",
    "linkage",
    "match",
    "balance",
    "checks",
    "others",
    "timing",
    "overlap",
    "lost",
    "trials",
    "looks",
)
IN_PARTS = ("measures", "sub_analyses", "programme", "context", "refusal", "index_from", "index_to")


@dataclass(frozen=True, slots=True)
class Output:
    """One thing that would leave, as it would leave."""

    name: str
    kind: str
    """The rules it must meet: a field of the release, `measure`, `sub_group`, `text` or `period`."""
    title: str
    target: str
    """What the release's own rule records call it."""
    rows: tuple[Row, ...]


def outputs_of(release: Release) -> tuple[Output, ...]:
    """Everything in a release that says something about people, or about the request.

    A field of the release that is not known here becomes an output of its own name, for which there is no rule.
    """
    found = [Output("request", "request", "Whether there is a result", "request", (_request(release),))]
    if release.index_from or release.index_to:
        dates = {"from": release.index_from, "to": release.index_to}
        found.append(Output("period", "period", "Months covered", "period", (dates,)))
    found.append(Output("programme", "text", "Programme", "programme", (release.programme.model_dump(),)))
    if release.context:
        found.append(
            Output("context", "text", "The analysts' words", "context", ({"text": release.context},))
        )
    new = [name for name in type(release).model_fields if name not in (*HEADINGS, *TABLES, *IN_PARTS)]
    for name in (*TABLES, *new):
        value = getattr(release, name)
        if value is not None and value not in ((), ""):
            found.append(Output(name, name, name.replace("_", " ").capitalize(), name, _rows(value)))
    found += [_measure(f"measure {row.name}", row) for row in release.measures]
    for told in release.sub_analyses:
        rows = [{"part": "status", "status": told.status}]
        rows += [
            {"part": part, **row.model_dump()} for part in ("inside", "rest") for row in getattr(told, part)
        ]
        target = sub_group_target(told.label)
        found.append(Output(f"sub-group {told.name}", "sub_group", told.label, target, tuple(rows)))
    return tuple(found)


def _request(release: Release) -> Row:
    made = release.provenance
    return {
        "status": release.status,
        "refusal": release.refusal,
        "profile": made.disclosure_profile,
        "profile_sha256": made.disclosure_sha256,
        "rules_sha256": sha256_of(release.disclosure.model_dump(mode="json")),
        "analysed": release.match.treated if release.match else None,
        "effective_comparison": release.match.effective_comparison if release.match else None,
        "figures": bool(release.measures or release.flow or release.match or release.balance),
    }


def _measure(name: str, row: MeasureRow) -> Output:
    return Output(name, "measure", row.label, row.statistical_label, (row.model_dump(),))


def _rows(value: Any) -> tuple[Row, ...]:
    several = value if isinstance(value, tuple) else (value,)
    return tuple(each.model_dump() if hasattr(each, "model_dump") else {"value": each} for each in several)
