"""How it was worked out, in plain words, and what the words mean."""

from __future__ import annotations

from likeforlike.report.numbers import plain
from likeforlike.report.sections.context import Context


def method(context: Context) -> tuple[str, ...]:
    """Paragraphs on follow-up, matching, statistics and limits; the lab's own rules among them."""
    text, words, release = context.text, context.words, context.release
    matching = [text("method.matching")]
    if release.match is not None:
        matching.append(text("method.radius", caliper=plain(release.match.caliper)))
    vintage = text("method.records", vintage=text.day(release.provenance.vintage))
    return (
        f"{words.fill('method_index')} {text('method.followed')} {vintage}",
        words.fill("method_outcome"),
        words.fill("method_excluded"),
        " ".join([*matching, text("method.sealed")]),
        text("method.intervals"),
        text("shared.rounded") + " " + text("shared.difference_rounding"),
        text("method.limits"),
    )


def glossary(context: Context) -> tuple[tuple[str, str], ...]:
    """Terms of the report and of the lab, in alphabetical order; the lab's meaning wins."""
    terms = context.text.terms("glossary.terms") | dict(context.lab.wording.glossary)
    return tuple(sorted(terms.items(), key=lambda item: item[0].casefold()))
