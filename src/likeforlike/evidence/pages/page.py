"""A page as data, and its HTML: an answer first, then sections."""

from __future__ import annotations

from dataclasses import dataclass, field

from likeforlike.evidence.pages.read import template
from likeforlike.evidence.pages.text import Text
from likeforlike.labs.definition import Theme
from likeforlike.report.charts.figure import Figure
from likeforlike.report.html import environment
from likeforlike.report.read import template as report_template
from likeforlike.report.sections.table import PageTable


@dataclass(frozen=True, slots=True)
class Head:
    """The top of a page, as the reports' base template wants it."""

    source: str
    kind: str
    programme: str
    provider: str = ""

    @property
    def title(self) -> str:
        return f"{self.programme}: {self.kind}"


@dataclass(frozen=True, slots=True)
class Answer:
    """The first thing read: one sentence, what it means, what to doubt about it, and a few facts."""

    lede: str
    meaning: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    favours: str = "neither"
    """`better`, `worse` or `neither`."""


@dataclass(frozen=True, slots=True)
class Section:
    """Words, a picture and the table below it; a long table is folded."""

    name: str
    heading: str
    words: tuple[str, ...] = ()
    figure: Figure | None = None
    table: PageTable | None = None
    folded: str = ""
    """What opens the table; empty where it stands open."""
    notes: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """All that a page holds."""

    head: Head
    answer: Answer
    sections: tuple[Section, ...] = field(default=())

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(s.figure for s in self.sections if s.figure)


def page_html(page: Page, text: Text) -> str:
    """The page as HTML; every text is escaped."""
    made = environment(template, report_template).get_template("evidence.html.j2")
    look = {"theme": Theme(), "logo": ""}
    return made.render(text=text, head=page.head, answer=page.answer, sections=page.sections, **look)
