"""Keys of requests, uploads, and the receipts of deletion."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from likeforlike_web.accounts.models import User
from likeforlike_web.cases.models import Case


class RequestKey(models.Model):
    """The public half of a request's own key; the other half never leaves the vault."""

    public = models.CharField(max_length=120, unique=True)
    made = models.DateTimeField(default=timezone.now, editable=False)
    case = models.OneToOneField(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="key")
    destroyed = models.DateTimeField(null=True, blank=True)


class UploadState(StrEnum):
    """What became of an upload."""

    CHECKING = "checking"
    PROBLEMS = "problems"
    CONFIRM = "confirm"
    ACCEPTED = "accepted"
    UNREADABLE = "unreadable"
    REPLACED = "replaced"
    DESTROYED = "destroyed"


GONE = (str(UploadState.REPLACED), str(UploadState.DESTROYED))


class Upload(models.Model):
    """A list as it came: where its ciphertext is, and what the check found; no cell of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="uploads")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4)
    size = models.PositiveBigIntegerField()
    ciphertext_sha256 = models.CharField(max_length=64)
    received = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(max_length=10, default=UploadState.CHECKING)
    sheet = models.CharField(max_length=200, blank=True)
    columns = models.JSONField(default=dict)
    """Lab column and the file's heading for it, where the provider matched them."""
    found = models.JSONField(default=dict)
    """What the check found: counts and problems with their rows, never a value."""
    confirmed = models.TextField(blank=True)
    """What the provider said about points to confirm."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-received"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_current_upload", fields=["case"], condition=~Q(state__in=list(GONE))
            ),
            models.CheckConstraint(
                name="upload_state_is_known", condition=Q(state__in=[str(state) for state in UploadState])
            ),
        ]

    @property
    def where(self) -> UploadState:
        """The state as a value."""
        return UploadState(self.state)


class Receipt(models.Model):
    """That a request's key was destroyed: when, why, and which ciphertexts nobody can open any more."""

    key = models.OneToOneField(RequestKey, on_delete=models.PROTECT, related_name="receipt")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="receipts")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    ciphertexts = models.JSONField()
    """SHA-256 of each."""
    sha256 = models.CharField(max_length=64)
    """Of all of the above."""


def current_upload(case: Case) -> Upload | None:
    """The list that counts, if there is one."""
    return case.uploads.exclude(state__in=GONE).first()
