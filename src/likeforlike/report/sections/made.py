"""How the release was made, and what was done to protect people."""

from __future__ import annotations

from likeforlike.disclosure.release import Release
from likeforlike.report.sections.table import PageTable, page_table
from likeforlike.report.text import Text


def made(release: Release, text: Text) -> PageTable:
    """Hashes, versions, vintage, seed and software of a release."""
    p = release.provenance
    rows = [
        (text(f"made.{n}"), text.day(p.vintage) if n == "vintage" else str(v))
        for n, v in p
        if n != "software"
    ]
    rows += [(text("made.software", name=name), version) for name, version in sorted(p.software.items())]
    return page_table(text("made.caption"), (text("made.item"), text("made.value")), rows)


def rules(release: Release, text: Text) -> PageTable | None:
    """The disclosure rules that did something."""
    if not release.rules:
        return None
    columns = [text(f"rules.{name}") for name in ("rule", "target", "action", "reason")]
    rows = [(r.rule, r.target, r.action, r.reason) for r in release.rules]
    return page_table(text("rules.caption"), columns, rows)
