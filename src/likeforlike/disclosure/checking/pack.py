"""What a checker reads: each output beside its rules, what is hidden, what overlaps, and the worst case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from likeforlike.disclosure.checking.outputs import Row
from likeforlike.disclosure.checking.record import overall
from likeforlike.disclosure.checking.rules import Checked, check_release
from likeforlike.disclosure.checking.tables import AuditedTable
from likeforlike.disclosure.checking.worst_case import WorstCase, mean_precision, worst_case
from likeforlike.disclosure.counts import possible_events
from likeforlike.disclosure.release import MeasureRow, Release
from likeforlike.hashes import sha256_of
from likeforlike.labs.definition import DisclosureProfile

Hidden = Mapping[str, Row]
"""For each measure its exact counts: `n`, `events_treated` and what else the vault has."""
MARKS = {"met": "met", "applied": "done", "look": "LOOK", "broken": "BROKEN"}


@dataclass(frozen=True, slots=True)
class Overlapping:
    """An earlier request that shares people with this one, as the ledger has it; for staff only."""

    request: str
    """Its number in the ledger."""
    status: str
    """What became of it: released, refused or withdrawn."""
    both: int
    only_here: int
    only_there: int
    verdict: str
    """What the ledger says of the two together, in a sentence."""


@dataclass(frozen=True, slots=True)
class Pack:
    """All that two checkers need; it holds exact counts, so that it never leaves the vault."""

    release_sha256: str
    programme: str
    profile: str
    checked: tuple[Checked, ...]
    hidden: Hidden
    overlapping: tuple[Overlapping, ...]
    worst: tuple[WorstCase, ...]
    means: tuple[tuple[str, float], ...]
    """Measures that are means, and within how much the last person's own value can be worked out."""
    tables: tuple[AuditedTable, ...] = ()
    """Tables of counts, audited from the exact numbers."""

    @property
    def status(self) -> str:
        """The worst status of any output; a table that gives a hidden count away may not leave."""
        gives_away = any(table.given_away for table in self.tables)
        return overall([*(each.status for each in self.checked), "fail" if gives_away else "pass"])

    @property
    def given_away(self) -> tuple[WorstCase, ...]:
        """Figures that, as things are, tell somebody who knows all people but one about that one."""
        return tuple(case for case in self.worst if case.given_away)


def release_sha256(release: Release) -> str:
    """Hash of a release: what approvals are given for."""
    return sha256_of(release.model_dump(mode="json"))


def make_pack(
    release: Release,
    profile: DisclosureProfile,
    *,
    hidden: Hidden | None = None,
    overlapping: Sequence[Overlapping] = (),
    tables: Sequence[AuditedTable] = (),
    unknown: int = 1,
) -> Pack:
    """Put a release beside all that is known of it.

    Parameters
    ----------
    release, profile
        What would be published, and the rules.
    hidden
        Exact counts from the vault, by the measure's name; without them the worst case is over what is possible.
    overlapping
        Earlier requests about some of the same people, from the ledger.
    tables
        Tables of counts audited from the vault, as `audit_tables` gives them.
    unknown
        How many of the people an adversary knows nothing about; 1 is the worst case.
    """
    exact = hidden or {}
    shown = [row for row in release.measures if not row.withheld and row.n_treatment is not None]
    return Pack(
        release_sha256=release_sha256(release),
        programme=release.programme.name,
        profile=f"{profile.profile} {profile.version}",
        checked=check_release(release, profile),
        hidden=exact,
        overlapping=tuple(overlapping),
        tables=tuple(tables),
        worst=tuple(_worst(row, exact, unknown, profile) for row in shown if row.kind == "rate"),
        means=tuple(
            (row.label, mean_precision(row.decimals, _people(row, exact)))
            for row in shown
            if row.kind != "rate"
        ),
    )


def _people(row: MeasureRow, exact: Hidden) -> int:
    """The exact number if it is known, for whoever knows the list can count it whatever is printed."""
    return int(exact.get(row.name, {}).get("n", row.n_treatment or 0))


def _worst(row: MeasureRow, exact: Hidden, unknown: int, profile: DisclosureProfile) -> WorstCase:
    people = _people(row, exact)
    events = exact.get(row.name, {}).get("events_treated")
    return worst_case(
        row.label,
        possible_events(row.treatment or 0.0, people, profile, row.decimals, row.n_treatment),
        people,
        unknown=unknown,
        events=None if events is None else round(events),
    )


def as_text(pack: Pack) -> str:
    """The pack as Markdown, for people.

    It is read in the vault, by staff. What the provider wrote cannot look like a verdict.
    """
    return "\n".join(
        [
            f"# Checker's pack: {_in_line(pack.programme)}",
            "",
            "**Only for the vault: this page holds exact counts.**",
            "",
            f"Release `{pack.release_sha256}`, profile {pack.profile}. The machine's check: **{pack.status}**.",
            "",
            "## The worst case",
            "",
            *_worst_lines(pack),
            "",
            "## Earlier requests about some of the same people",
            "",
            *_overlap_lines(pack.overlapping),
            "",
            "## Tables of counts",
            "",
            *([f"- {_in_line(table.sentence)}" for table in pack.tables] or ["No exact counts are at hand."]),
            "",
            "## Each output",
            "",
            *(line for each in pack.checked for line in _output_lines(each, pack.hidden)),
        ]
    )


def _worst_lines(pack: Pack) -> list[str]:
    lines = [f"- {case.figure}: {case.sentence}" for case in pack.worst]
    lines += [
        f"- {label}: who knows all people but one can work out that one's value to within {within:.3g}."
        for label, within in pack.means
    ]
    return lines or ["No figure about the participants is shown."]


def _overlap_lines(overlapping: Iterable[Overlapping]) -> list[str]:
    rows = [
        f"| {o.request} | {o.status} | {o.both} | {o.only_here} | {o.only_there} | {o.verdict} |"
        for o in overlapping
    ]
    head = [
        "| request | status | in both | only here | only there | verdict |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    return [*head, *rows] if rows else ["None is known."]


def _output_lines(checked: Checked, hidden: Hidden) -> list[str]:
    output = checked.output
    lines = [f"### {output.title} ({output.name}): {checked.status}", ""]
    lines += [f"- as published: {_told(row)}" for row in output.rows]
    exact = hidden.get(output.name.removeprefix("measure ")) if output.kind == "measure" else None
    if exact:
        lines.append(f"- exact, hidden: {_told(exact)}")
    lines += [f"- {MARKS[v.result]} · {v.rule}: {v.reason}" for v in checked.verdicts]
    return [*lines, ""]


def _told(row: Row) -> str:
    return ", ".join(
        f"{name} {'hidden' if value is None else _in_line(value)}"
        for name, value in row.items()
        if value != ""
    )


def _in_line(value: object) -> str:
    """The provider's words on one line and without tags, so that they cannot pass for a line of the pack."""
    return escape(" ".join(str(value).split()))
