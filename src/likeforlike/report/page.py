"""A release becomes the report's page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from likeforlike.disclosure.release import Release
from likeforlike.labs.definition import Lab
from likeforlike.report.charts import Figure
from likeforlike.report.html import fill
from likeforlike.report.sections.answer import Head, answer, head, say
from likeforlike.report.sections.balance import balance
from likeforlike.report.sections.checks import checks
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.flow import flow, linkage
from likeforlike.report.sections.headline import panels
from likeforlike.report.sections.lost import lost
from likeforlike.report.sections.made import made, rules
from likeforlike.report.sections.measures import measures
from likeforlike.report.sections.method import glossary, method
from likeforlike.report.sections.others import others
from likeforlike.report.sections.overlap import overlap
from likeforlike.report.sections.sub_groups import sub_groups
from likeforlike.report.sections.timing import timing
from likeforlike.report.sections.trials import trials
from likeforlike.report.text import Text
from likeforlike.report.words import Words

CONTENTS = (
    *("headline", "say", "flow", "lost", "balance", "overlap", "measures", "timing", "sub_groups", "checks"),
    *("others", "trials"),
    *("programme", "method", "glossary", "made"),
)
"""Sections that the page lists at its top, by the name of their words and their address."""


@dataclass(frozen=True, slots=True)
class Page:
    """The report as HTML, and the charts that it holds."""

    html: str
    figures: tuple[Figure, ...]


def make_page(release: Release, lab: Lab) -> Page:
    """The page of a result, or the short one of a refusal.

    Raises
    ------
    LabProblem
        The lab's wording misses a sentence.
    """
    text = Text(release, lab)
    return _refused(release, text) if release.status == "refused" else _released(release, lab, text)


def make_summary(release: Release, lab: Lab) -> str:
    """The answer on one page, in the full report's own words; of a refusal without how it was made.

    Raises
    ------
    LabProblem
        The lab's wording misses a sentence.
    """
    text = Text(release, lab)
    if release.status == "refused":
        return _refused(release, text, brief=True).html
    context = Context(release, lab, Words(release, lab), text)
    measure_panels = panels(context)
    return fill(
        "summary.html.j2",
        text=text,
        head=_brief_head(release, text),
        answer=answer(context),
        say=say(context),
        panels=measure_panels,
        icons=next((panel.icons for panel in measure_panels if panel.icons), None),
    )


def _released(release: Release, lab: Lab, text: Text) -> Page:
    context = Context(release, lab, Words(release, lab), text)
    measure_panels = panels(context)
    drawn = {
        "flow": flow(context),
        "balance": balance(context),
        "overlap": overlap(context),
        "others": others(context),
    }
    times = timing(context)
    optional = drawn | {
        "lost": lost(context),
        "sub_groups": sub_groups(context),
        "checks": checks(context),
        "trials": trials(context),
        "timing": times,
    }
    figures = (
        *(figure for panel in measure_panels for figure in (panel.icons, panel.figure)),
        *(s.figure for s in drawn.values() if s),
        *(times.figures if times else ()),
    )
    html = fill(
        "report.html.j2",
        contents=[(name, text(f"{name}.heading")) for name in CONTENTS if optional.get(name, True)],
        text=text,
        head=head(release, text),
        answer=answer(context),
        say=say(context),
        measures=measures(context),
        programme=_paragraphs(release.programme.description),
        method=method(context),
        glossary=glossary(context),
        made=made(release, text),
        rules=rules(release, text),
        panels=measure_panels,
        linkage=linkage(context),
        **optional,
    )
    return Page(html, tuple(f for f in figures if f is not None))


def _refused(release: Release, text: Text, *, brief: bool = False) -> Page:
    html = fill(
        "refused.html.j2",
        text=text,
        head=_brief_head(release, text) if brief else head(release, text),
        refusal=release.refusal,
        next=text.lines("refused.next"),
        made=None if brief else made(release, text),
        rules=None,
    )
    return Page(html, ())


def _brief_head(release: Release, text: Text) -> Head:
    return replace(head(release, text), kind=text("summary.kind"))


def _paragraphs(description: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in description.splitlines() if line.strip())
