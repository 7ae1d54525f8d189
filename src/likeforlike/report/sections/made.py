"""How the release was made, and what was done to protect people."""

from __future__ import annotations

from likeforlike.disclosure.release import Release
from likeforlike.report.sections.table import PageTable, page_table
from likeforlike.report.text import Text


def made(release: Release, text: Text) -> PageTable:
    """Hashes, versions, vintage, seed and software of a release."""
    p = release.provenance
    told = {n: str(v) for n, v in p if n not in ("software", "sealed_at")} | {"vintage": text.day(p.vintage)}
    if p.sealed_at is not None:
        told["sealed_at"] = f"{text.day(p.sealed_at)}, {p.sealed_at:%H:%M} UTC"
    rows = [(text(f"made.{name}"), value) for name, value in told.items()]
    rows += [(text("made.software", name=name), version) for name, version in sorted(p.software.items())]
    return page_table(text("made.caption"), (text("made.item"), text("made.value")), rows)


def rules(release: Release, text: Text) -> PageTable | None:
    """The disclosure rules that did something; one that did the same to several things is one row."""
    if not release.rules:
        return None
    columns = [text(f"rules.{name}") for name in ("rule", "target", "action", "reason")]
    targets: dict[tuple[str, str, str], list[str]] = {}
    for r in release.rules:
        targets.setdefault((r.rule, r.action, r.reason), []).append(r.target)
    rows = [(rule, "; ".join(names), action, why) for (rule, action, why), names in targets.items()]
    return page_table(text("rules.caption"), columns, rows)
