"""Every output of a release as a checker reads it: what is published, what is hidden, what the rules say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from likeforlike.disclosure.checking.pack import Pack
from likeforlike.disclosure.checking.rules import Verdict

HIDDEN = "hidden"
ALWAYS_EMPTY = ("", None)
RESULTS = {"met": "met", "applied": "applied", "look": "a person must look", "broken": "broken"}


@dataclass(frozen=True, slots=True)
class Ruled:
    """What came of one rule."""

    rule: str
    result: str
    reason: str
    bad: bool


@dataclass(frozen=True, slots=True)
class Written:
    """One output."""

    anchor: str
    title: str
    status: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    exact: tuple[tuple[str, str], ...]
    """Exact counts of the vault, for a measure."""
    verdicts: tuple[Ruled, ...]


def written(pack: Pack) -> list[Written]:
    """The outputs, those that break a rule first, then those that a person must look at."""
    order = {"fail": 0, "review": 1, "pass": 2}
    made = [_output(place, pack) for place in range(len(pack.checked))]
    return sorted(made, key=lambda each: order[each.status])


def _output(place: int, pack: Pack) -> Written:
    checked = pack.checked[place]
    output = checked.output
    # a column that no row fills says nothing, but one that is hidden in some row does
    names = [
        name
        for name in (output.rows[0] if output.rows else ())
        if any(row[name] != "" for row in output.rows)
    ]
    exact = pack.hidden.get(output.name.removeprefix("measure "), {}) if output.kind == "measure" else {}
    return Written(
        anchor=f"output-{place}",
        title=output.title,
        status=checked.status,
        headings=tuple(name.replace("_", " ") for name in names),
        rows=tuple(tuple(_cell(row[name]) for name in names) for row in output.rows),
        exact=tuple((name.replace("_", " "), _cell(value)) for name, value in exact.items()),
        verdicts=tuple(_ruled(verdict) for verdict in checked.verdicts),
    )


def _ruled(verdict: Verdict) -> Ruled:
    return Ruled(verdict.rule, RESULTS[verdict.result], verdict.reason, verdict.result in ("broken", "look"))


def _cell(value: Any) -> str:
    if value is None:
        return HIDDEN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
