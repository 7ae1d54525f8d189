"""What nobody can see: missing results, those left out, and requests that were never published."""

from __future__ import annotations

from collections import defaultdict

from likeforlike.evidence.meta.egger import FEWEST
from likeforlike.evidence.pages.page import Section
from likeforlike.evidence.synthesis.context import Context, p_text
from likeforlike.evidence.synthesis.groups import CLEAR
from likeforlike.report.numbers import fixed
from likeforlike.report.sections.table import page_table


def may_be_missing(context: Context) -> Section:
    """The tests for missing results, or why there are none."""
    text, missing = context.text, context.synthesis.missing
    words = []
    if missing.egger_untested == "too_few":
        words.append(text("missing.too_few", count=len(context.synthesis.library.results), fewest=FEWEST))
    elif missing.egger is None:
        words.append(text("missing.egger_alike"))
    else:
        key = "egger_clear" if missing.egger.p_value <= CLEAR else "egger_open"
        words.append(text(f"missing.{key}", p=p_text(missing.egger.p_value)))
    if missing.selection is not None:
        step = missing.selection
        key = "selection_clear" if step.p_value <= CLEAR else "selection_open"
        change = context.amounts.change(step.estimate)
        chance = fixed(step.relative_chance, 2)
        words.append(text(f"missing.{key}", p=p_text(step.p_value), chance=chance, change=change))
    elif missing.selection_untested in ("one_side", "no_direction"):
        words.append(text(f"missing.{missing.selection_untested}"))
    silent = {"silent": missing.silent, "clear": missing.silent_clear, "unclear": missing.silent_unclear}
    words.append(text("missing.silent", **silent) if missing.silent else text("missing.none_silent"))
    return Section("missing", text("missing.heading"), tuple(words))


def left_out(context: Context) -> Section:
    """Each result that is not in the average, and why."""
    text, rest = context.text, context.synthesis.library.left_out
    if not rest:
        return Section("left_out", text("left_out.heading"), (text("left_out.none"),))
    said = {True: text("yes"), False: text("no"), None: text("none")}
    rows = [(x.about.name, text(f"left_out.why.{x.why}"), said[x.significant]) for x in rest]
    table = page_table(text("left_out.caption"), text.lines("left_out.columns"), rows)
    return Section(
        "left_out",
        text("left_out.heading"),
        text.lines("left_out.words"),
        table=table,
        folded=text("show_table"),
    )


def looked_again(context: Context) -> Section | None:
    """Programmes with more than one release, and whether their claims stand."""
    text, again = context.text, context.synthesis.again
    if not again:
        return None
    rows = [
        (
            each.programme,
            look.when,
            f"{100 * look.share:.0f}%",
            fixed(look.z, 2),
            fixed(look.limit, 2),
            text("yes" if abs(look.z) >= look.limit else "no"),
        )
        for each in again
        for look in each.looks
    ]
    fallen = [each.programme for each in again if each.claimed and not each.stands]
    words = list(text.lines("again.words"))
    words.append(text("again.falls", names="; ".join(fallen)) if fallen else text("again.stands"))
    table = page_table(text("again.caption"), text.lines("again.columns"), rows, numeric=(2, 3, 4))
    return Section("again", text("again.heading"), tuple(words), table=table)


def requests(context: Context) -> Section:
    """How many accepted requests were never published, and why."""
    text, library = context.text, context.synthesis.library
    heading = text("requests.heading")
    if not library.requests:
        return Section("requests", heading, (text("requests.no_list"),))
    unpublished = library.unpublished
    words = [
        text(
            "requests.words",
            accepted=len(library.requests),
            published=len(library.requests) - len(unpublished),
            unpublished=len(unpublished),
        )
    ]
    silent = sum(not r.reason for r in unpublished)
    words += [text("requests.unexplained", count=silent)] if silent else []
    by_reason: dict[str, list[str]] = defaultdict(list)
    for request in unpublished:
        reason = request.reason or text("requests.no_reason")
        by_reason[text("requests.reason", status=request.status, reason=reason)].append(request.programme)
    rows = [(why, str(len(names)), "; ".join(names)) for why, names in by_reason.items()]
    table = page_table(text("requests.caption"), text.lines("requests.columns"), rows, numeric=(1,))
    return Section("requests", heading, tuple(words), table=table if rows else None)
