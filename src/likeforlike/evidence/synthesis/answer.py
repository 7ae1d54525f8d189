"""What a synthesis says first."""

from __future__ import annotations

from likeforlike.evidence.meta.egger import FEWEST
from likeforlike.evidence.pages.page import Answer
from likeforlike.evidence.synthesis.context import Context
from likeforlike.report.numbers import people


def answer(context: Context) -> Answer:
    """The average, where the next programme may lie, and what to doubt."""
    text, synthesis = context.text, context.synthesis
    pooled, amounts, library = synthesis.pooled, context.amounts, synthesis.library
    lede = (
        text("lede_certain", label=context.label, change=amounts.change(pooled.estimate))
        if synthesis.certain
        else text("lede_open", label=context.label)
    )
    meaning = [text("mean_range", range=amounts.span(pooled.conf_low, pooled.conf_high))]
    if all(r.conf_low <= 0 <= r.conf_high for r in library.results):
        meaning.append(text("none_alone"))
    meaning.append(text("further", range=amounts.span(*synthesis.prediction)))
    return Answer(lede, tuple(meaning), _doubts(context), _facts(context), _favours(context))


def _doubts(context: Context) -> tuple[str, ...]:
    text, missing, synthesis = context.text, context.synthesis.missing, context.synthesis
    found = []
    if missing.silent_unclear:
        found.append(text("silent", silent=missing.silent, unclear=missing.silent_unclear))
        found += [text("silent_so")] if synthesis.certain else []
    if len(synthesis.library.results) < FEWEST:
        found.append(text("few", count=len(synthesis.library.results)))
    if synthesis.may_share_people:
        found.append(text("share"))
    return tuple(found)


def _facts(context: Context) -> tuple[tuple[str, str], ...]:
    library, text = context.synthesis.library, context.text
    known = [r.n for r in library.results if r.n is not None]
    facts = [(text("facts.results"), str(len(library.results)))]
    if known:
        words = "people_all" if len(known) == len(library.results) else "people_known"
        facts.append((text("facts.people"), text(words, people=people(sum(known)), known=len(known))))
    facts.append((text("facts.left_out"), str(len(library.left_out))))
    if library.requests:
        facts.append((text("facts.unpublished"), f"{len(library.unpublished)} of {len(library.requests)}"))
    return tuple(facts)


def _favours(context: Context) -> str:
    better = context.synthesis.library.measured.better
    if not context.synthesis.certain or better is None:
        return "neither"
    return "better" if (context.synthesis.pooled.estimate < 0) == (better == "lower") else "worse"
