"""A release becomes pages: the report, its summary and its annex, for readers with more and less time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from likeforlike.disclosure.release import Release
from likeforlike.labs.definition import Lab
from likeforlike.report.charts import Figure
from likeforlike.report.html import fill
from likeforlike.report.sections.annex import annex
from likeforlike.report.sections.answer import answer, head, say
from likeforlike.report.sections.balance import balance
from likeforlike.report.sections.checks import checks
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.flow import flow, linkage
from likeforlike.report.sections.headline import panels
from likeforlike.report.sections.looks import looks
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
    *(
        "headline",
        "say",
        "context",
        "flow",
        "lost",
        "balance",
        "overlap",
        "measures",
        "timing",
        "looks",
        "sub_groups",
        "checks",
    ),
    *("others", "trials"),
    *("programme", "method", "glossary", "made"),
)
"""Sections that the page lists at its top, by the name of their words and their address."""


KINDS = {"report": "head.kind", "summary": "summary.kind", "annex": "annex.kind"}
"""The pages, and where the words are for what each is."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages as HTML by the names of `KINDS`, and the charts that they hold."""

    html: Mapping[str, str]
    figures: tuple[Figure, ...]


def make_pages(release: Release, lab: Lab, names: Collection[str] = tuple(KINDS)) -> Pages:
    """The pages of a result, or the short ones of a refusal, which has no annex.

    Raises
    ------
    LabProblem
        The lab's wording misses a sentence.
    """
    text = Text(release, lab)
    look = {"theme": lab.theme, "logo": lab.logo_address}
    if release.status == "refused":
        made_of = _refusal(release, text) | look
        return Pages({name: _page("refused", name, made_of) for name in names if name != "annex"}, ())
    made_of = _result(release, lab, text) | look
    return Pages({name: _page(name, name, made_of) for name in names}, _figures(made_of))


def _page(template: str, name: str, made_of: Mapping[str, Any]) -> str:
    """One page; `name` is what the template goes by where pages differ."""
    own = replace(made_of["head"], kind=made_of["text"](KINDS[name]))
    return fill(f"{template}.html.j2", **{**made_of, "head": own, "page": name})


def _result(release: Release, lab: Lab, text: Text) -> dict[str, Any]:
    context = Context(release, lab, Words(release, lab), text)
    sections = {
        "panels": panels(context),
        "context": _paragraphs(release.context),
        "flow": flow(context),
        "lost": lost(context),
        "balance": balance(context),
        "overlap": overlap(context),
        "timing": timing(context),
        "looks": looks(context),
        "sub_groups": sub_groups(context),
        "checks": checks(context),
        "others": others(context),
        "trials": trials(context),
    }
    return sections | {
        "contents": [(name, text(f"{name}.heading")) for name in CONTENTS if sections.get(name, True)],
        "text": text,
        "head": head(release, text),
        "answer": answer(context),
        "say": say(context),
        "measures": measures(context),
        "programme": _paragraphs(release.programme.description),
        "method": method(context),
        "annex": annex(context),
        "glossary": glossary(context),
        "made": made(release, text),
        "rules": rules(release, text),
        "linkage": linkage(context),
    }


def _refusal(release: Release, text: Text) -> dict[str, Any]:
    return {
        "text": text,
        "head": head(release, text),
        "refusal": release.refusal,
        "next": text.lines("refused.next"),
        "made": made(release, text),
        "rules": None,
    }


def _figures(made_of: Mapping[str, Any]) -> tuple[Figure, ...]:
    """Every chart once, in the order of the page."""
    of_panels = [figure for panel in made_of["panels"] for figure in (panel.icons, panel.figure)]
    drawn = [made_of[name] for name in ("flow", "balance", "overlap", "sub_groups", "others")]
    of_sections = [section.figure for section in drawn if section]
    of_times = made_of["timing"].figures if made_of["timing"] else ()
    return tuple(figure for figure in (*of_panels, *of_sections, *of_times) if figure is not None)


def _paragraphs(description: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in description.splitlines() if line.strip())
