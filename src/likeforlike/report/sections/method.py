"""How it was worked out, in plain words, and what the words mean."""

from __future__ import annotations

from likeforlike.report.numbers import plain
from likeforlike.report.sections.context import Context


def method(context: Context) -> tuple[str, ...]:
    """Paragraphs on follow-up, matching, statistics and limits; the lab's own rules among them."""
    text, words, release = context.text, context.words, context.release
    vintage = text("method.records", vintage=text.day(release.provenance.vintage))
    adjusted = any(row.p_adjusted is not None for row in release.measures)
    correction = text("method.corrected" if adjusted else "method.uncorrected")
    paragraphs = (
        f"{words.fill('method_index')} {text('method.followed')} {vintage}",
        words.fill("method_outcome"),
        words.fill("method_excluded"),
        " ".join(_compared(context)),
        text("method.intervals", correction=correction),
        " ".join(_rounded(context)),
        text("method.limits"),
        "" if release.trials or words.by_lot else text("method.untried"),
    )
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def _rounded(context: Context) -> list[str]:
    shows = any(finding.rounding_shows for finding in context.words.findings)
    return [context.text("shared.rounded"), *[context.text("shared.difference_rounding")] * shows]


def _compared(context: Context) -> list[str]:
    """How the comparison group was made; what a plan changed afterwards says, it says at the top."""
    text, words, match = context.text, context.words, context.release.match
    unscored = words.by_lot or (match is not None and match.method == "entropy")
    said = [] if unscored else [text("method.matching")]
    if match is not None:
        caliper = "" if match.caliper is None else plain(match.caliper)
        said.append(text(f"method.how_{match.method}", caliper=caliper))
        said += [text("method.penalised")] if match.penalised else []
        said += [text("method.place", place=match.place)] if match.place else []
    provenance = context.release.provenance
    at = provenance.sealed_at
    when = text("method.sealed_at", day=text.day(at), time=f"{at:%H:%M}") if at else ""
    return said if provenance.plan_version > 1 else [*said, text("method.sealed", when=when)]


def glossary(context: Context) -> tuple[tuple[str, str], ...]:
    """Terms of the report and of the lab, in alphabetical order; the lab's meaning wins."""
    terms = context.text.terms("glossary.terms") | dict(context.lab.wording.glossary)
    return tuple(sorted(terms.items(), key=lambda item: item[0].casefold()))
