"""The outbox, and texts that were changed."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from likeforlike_web.mails.wording import PLACES, MailKind


class MailState(StrEnum):
    """Where a mail is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    """It was being handed over when the line broke: it may have arrived, so that it is not sent again by itself."""
    GIVEN_UP = "given up"
    FORGOTTEN = "forgotten"
    """It was never sent, and is too old to be of use."""


OVER = (str(MailState.SENT), str(MailState.FORGOTTEN))


class Mail(models.Model):
    """A mail to one person; once it is sent nothing is left of it but that it was."""

    key = models.CharField(max_length=120, unique=True)
    """What it is about, once: the same can never be written twice."""
    kind = models.CharField(max_length=12)
    address = models.EmailField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, default=MailState.WAITING)
    made = models.DateTimeField(default=timezone.now, editable=False)
    due = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=80, blank=True)
    """The kind of failure; a server's own words may hold the address."""

    class Meta:
        ordering: ClassVar[list[str]] = ["due", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="mail_state_is_known", condition=Q(state__in=[str(s) for s in MailState])
            ),
            models.CheckConstraint(
                name="mail_kind_is_known", condition=Q(kind__in=[str(k) for k in MailKind])
            ),
            models.CheckConstraint(
                name="nothing_is_left_of_a_mail_that_is_over",
                condition=Q(state__in=OVER, address="", subject="", body="")
                | (~Q(state__in=OVER) & ~Q(address="")),
            ),
            models.CheckConstraint(
                name="a_mail_being_sent_has_a_lease",
                condition=Q(state="sending", lease_until__isnull=False) | ~Q(state="sending"),
            ),
        ]


class ChangedWording(models.Model):
    """A text that an administrator wrote in place of the service's own."""

    kind = models.CharField(max_length=12, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="wording_is_known", condition=Q(kind__in=[str(k) for k in PLACES]))
        ]
