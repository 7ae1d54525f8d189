"""The top of the report: whose programme it is, the answer, what may be said."""

from __future__ import annotations

from dataclasses import dataclass

from likeforlike.disclosure.release import Release
from likeforlike.report.numbers import people
from likeforlike.report.say import Unsupported, can_say, cannot_say, rules_out
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.looks import looks_told
from likeforlike.report.text import Text


@dataclass(frozen=True, slots=True)
class Head:
    """Titles of the page."""

    title: str
    source: str
    kind: str
    programme: str
    provider: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer in a sentence, what it means, and the facts behind it."""

    sentence: str
    meaning: str
    certainty: str
    favours: str
    facts: tuple[tuple[str, str], ...]
    doubt: str
    """That a check gives reason to doubt a claim, if one does."""
    changed: str
    """That the plan was changed after outcomes were opened, if it was."""
    looks: tuple[str, ...]
    """Which look at a growing list this is, and what an earlier one claimed."""


@dataclass(frozen=True, slots=True)
class Say:
    """Sentences that the figures support, do not support, and rule out."""

    can: tuple[str, ...]
    cannot: tuple[Unsupported, ...]
    rules_out: tuple[tuple[str, str], ...]


def head(release: Release, text: Text) -> Head:
    """Titles, for a result and a refusal alike."""
    programme = release.programme
    return Head(
        title=text("head.title", programme=programme.name, lab_title=release.lab_title),
        source=text("head.source", lab_title=release.lab_title, department=release.department),
        kind=text("head.kind"),
        programme=programme.name,
        provider=text("head.by", provider=programme.provider) if programme.provider else "",
    )


def answer(context: Context) -> Answer:
    """The answer, about the lab's first headline measure."""
    words = context.words
    sentence, meaning = words.answer()
    first = words.headlines[0]
    certainty = "" if first.certainty == "withheld" else words.certainty(first)
    if first.certainty == "certain":
        certainty = f"{certainty} {words.matters()}".rstrip()
    facts = tuple(_facts(context.release, context.text))
    return Answer(
        sentence,
        meaning,
        certainty,
        first.favours,
        facts,
        _doubt(context),
        _changed(context),
        looks_told(context),
    )


def say(context: Context) -> Say:
    """What can and cannot be said."""
    return Say(can_say(context.words), cannot_say(context.words), rules_out(context.words))


def _doubt(context: Context) -> str:
    """Only of a claim: an open question needs no doubts."""
    first = context.words.headlines[0]
    if first.certainty != "certain":
        return ""
    said = {row.verdict for row in context.release.checks if row.measure == first.row.name}
    worst = next((verdict for verdict in ("overturned", "weakened") if verdict in said), "")
    return context.text(f"answer.{worst}") if worst else ""


def _changed(context: Context) -> str:
    version = context.release.provenance.plan_version
    return context.text("answer.changed", version=str(version)) if version > 1 else ""


def _facts(release: Release, text: Text) -> list[tuple[str, str]]:
    facts = []
    if release.match is not None:
        treated, comparison = people(release.match.treated), people(release.match.comparison)
        facts.append((text("answer.analysed"), text("answer.analysed_value", number=treated)))
        facts.append((text("answer.compared"), text("answer.compared_value", number=comparison)))
    if release.index_from is not None and release.index_to is not None:
        first, last = text.month(release.index_from), text.month(release.index_to)
        facts.append(
            (text("answer.period"), first if first == last else text("shared.to", from_=first, to_=last))
        )
    facts.append((text("answer.followed"), text("answer.followed_value")))
    return facts
