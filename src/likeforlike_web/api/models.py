"""The key of a program: who stands for it, what it may do, and until when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone

from likeforlike_web.accounts.models import User


class Token(models.Model):
    """A program's key; only a hash of it is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    scopes = models.JSONField()
    sha256 = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    expires: models.DateField[date, date] = models.DateField()
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created"]

    def __str__(self) -> str:
        return f"token:{self.pk}"

    @property
    def open(self) -> bool:
        """Whether it works today."""
        return self.ended is None and self.expires >= timezone.localdate() and self.user.is_active
