"""People, their organisations, and invitations."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

STAFF = ("is_analyst", "is_checker", "is_administrator")


class Organisation(models.Model):
    """Who works with people and asks the lab."""

    name = models.CharField(max_length=200, unique=True)
    created = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.name


class Users(BaseUserManager["User"]):
    """Makes users."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user with a password, or with none that works."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user


class User(AbstractBaseUser):
    """Somebody who signs in: of an organisation, or of the lab, never of both."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    is_analyst = models.BooleanField(default=False)
    is_checker = models.BooleanField(default=False)
    is_administrator = models.BooleanField(default=False)
    expires = models.DateField(null=True, blank=True)
    enabled = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = Users()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="no_staff_in_an_organisation",
                condition=Q(organisation__isnull=True)
                | Q(is_analyst=False, is_checker=False, is_administrator=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether the person may sign in and stay signed in today."""
        return self.enabled and (self.expires is None or self.expires >= timezone.localdate())

    @property
    def of_the_lab(self) -> bool:
        """Whether the person works for the lab."""
        return any(getattr(self, name) for name in STAFF)


class Invitation(models.Model):
    """A link that lets one person sign up; only a hash of it is kept."""

    token_sha256 = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    staff = models.JSONField(default=list)
    """Which of `STAFF` the person becomes."""
    access_until: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=timezone.now, editable=False)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="invited_to_one_side",
                condition=(Q(organisation__isnull=True) & ~Q(staff=[]))
                | (Q(organisation__isnull=False) & Q(staff=[])),
            )
        ]

    @property
    def open(self) -> bool:
        """Whether it may still be used."""
        return self.accepted is None and self.expires > timezone.now()
