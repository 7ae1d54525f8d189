"""What was published, for feed readers."""

from __future__ import annotations

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from likeforlike_web.cases.states import State
from likeforlike_web.library.entries import STATUS, Entry, found

LATEST = 50


class PublishedFeed(Feed):  # type: ignore[type-arg]
    """The latest published results."""

    feed_type = Atom1Feed
    title = "Published results"
    subtitle = "Every result of the lab, whatever it is."

    def link(self) -> str:
        """Address of the library."""
        return reverse("library")

    def items(self) -> list[Entry]:
        """The latest first."""
        return found("", STATUS[State.PUBLISHED])[:LATEST]

    def item_title(self, item: Entry) -> str:
        """The programme and who provides it."""
        return f"{item.case.programme}, {item.case.organisation.name}"

    def item_description(self, item: Entry) -> str:
        """The answer."""
        return item.headline

    def item_link(self, item: Entry) -> str:
        """Address of the entry."""
        return reverse("library_entry", args=[item.case.reference])

    def item_updateddate(self, item: Entry) -> datetime:
        """When it was published."""
        return item.case.since
