"""A synthesis becomes a page."""

from __future__ import annotations

from likeforlike.evidence.pages.page import Head, Page, Section
from likeforlike.evidence.synthesis.answer import answer
from likeforlike.evidence.synthesis.changes import through_time, without
from likeforlike.evidence.synthesis.context import Context
from likeforlike.evidence.synthesis.groups import by_group
from likeforlike.evidence.synthesis.results import every_result
from likeforlike.evidence.synthesis.spread import differ, methods
from likeforlike.evidence.synthesis.unseen import left_out, looked_again, may_be_missing, requests


def make_page(context: Context) -> Page:
    """Every section that the synthesis has something to say in."""
    text = context.text
    head = Head(
        source=text("source"),
        kind=text("kind"),
        programme=text("title", count=len(context.synthesis.library.results)),
        provider=context.synthesis.library.title,
    )
    sections = (
        every_result(context),
        differ(context),
        *by_group(context),
        through_time(context),
        without(context),
        methods(context),
        looked_again(context),
        may_be_missing(context),
        left_out(context),
        requests(context),
        Section("method", text("method.heading"), bullets=text.lines("method.bullets")),
    )
    return Page(head, answer(context), tuple(s for s in sections if s is not None))
