"""The table of events."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from likeforlike_web.audit.chain import Entry, written


class Event(models.Model):
    """Something that was done or looked at. The database itself refuses to change, remove or empty it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    """`user:12`, `system` or `anyone`; names are looked up, so that this holds none."""
    kind = models.CharField(max_length=40, db_index=True)
    case = models.CharField(max_length=40, blank=True, db_index=True)
    subject = models.CharField(max_length=80, blank=True)
    facts = models.TextField(default="{}")
    previous = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]

    def entry(self) -> Entry:
        """What is hashed of it."""
        return Entry(
            number=self.number,
            at=written(self.at),
            actor=self.actor,
            kind=self.kind,
            case=self.case,
            subject=self.subject,
            facts=self.facts,
            previous=self.previous,
        )
