"""Requests and who has a part in them; what must never be is refused by the database."""

from __future__ import annotations

import secrets
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from likeforlike_web.accounts.models import Organisation, User
from likeforlike_web.cases.roles import HELD, Role
from likeforlike_web.cases.states import State

LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Without those that are taken for one another."""


def new_reference() -> str:
    """A reference to say over the telephone, like LFL-7KQ2-M4XD."""
    return "LFL-" + "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))


class Case(models.Model):
    """One request, from the first answer to publication."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True, default=new_reference, editable=False)
    lab = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=12, default=State.DRAFT)
    since = models.DateTimeField(default=timezone.now)
    """When it came to this state."""
    created = models.DateTimeField(default=timezone.now, editable=False)
    sent = models.DateTimeField(null=True, blank=True)
    """When it was sent for the first time."""
    answers = models.JSONField(default=dict)
    """What was typed, page by page, as it was typed."""
    done = models.JSONField(default=list)
    """Pages that the provider marked as completed."""
    plan = models.JSONField(default=dict)
    """What the analyst changed in the lab's plan."""
    plan_text = models.TextField(blank=True)
    """The same as it was typed, with its comments."""
    context = models.TextField(blank=True)
    """The analyst's own words in the report."""
    round = models.PositiveIntegerField(default=0)
    """Of checking: votes of earlier rounds count no more."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-created"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="case_state_is_known", condition=Q(state__in=[str(s) for s in State])
            ),
            models.CheckConstraint(
                name="case_sent_unless_draft",
                condition=Q(sent__isnull=False) | Q(state__in=["draft", "withdrawn"]),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def where(self) -> State:
        """The state as the tables have it."""
        return State(self.state)

    @property
    def programme(self) -> str:
        """The programme's name, as far as it was given."""
        name: str = self.answers.get("name", {}).get("programme", "").strip()
        return name or "Programme without a name yet"


class Part(models.Model):
    """Somebody's part in a request, for good: who was its analyst can never be its checker."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="parts")
    role = models.CharField(max_length=20)
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_part_in_a_case", fields=["case", "user"]),
            models.UniqueConstraint(
                name="one_analyst_and_one_second",
                fields=["case", "role"],
                condition=Q(role__in=[str(Role.ANALYST), str(Role.QUALITY)]),
            ),
            models.CheckConstraint(name="part_is_known", condition=Q(role__in=[str(r) for r in HELD])),
        ]


class Result(models.Model):
    """What an analysis let out: a release or a refusal, never anything else."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="results")
    number = models.PositiveIntegerField()
    job = models.OneToOneField("jobs.Job", on_delete=models.PROTECT, related_name="result")
    status = models.CharField(max_length=10)
    headline = models.TextField()
    release = models.TextField()
    """The release as JSON."""
    sha256 = models.CharField(max_length=64)
    green = models.BooleanField()
    """Whether the machine's check found no broken rule."""
    made = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="results_are_numbered", fields=["case", "number"]),
            models.CheckConstraint(name="result_is_known", condition=Q(status__in=["released", "refused"])),
        ]


class ResultFile(models.Model):
    """A file of the report that was made of a result."""

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_file_of_a_name", fields=["result", "name"])
        ]


class Vote(models.Model):
    """One checker's judgement in one round; the database takes it from a checker of the same request alone."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="votes")
    round = models.PositiveIntegerField()
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="votes")
    vote = models.CharField(max_length=8)
    reason = models.TextField(blank=True)
    release_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_vote_a_round", fields=["case", "round", "part"]),
            models.CheckConstraint(
                name="vote_is_known", condition=Q(vote__in=["approve", "return", "reject"])
            ),
            models.CheckConstraint(
                name="no_refusal_without_reason", condition=Q(vote="approve") | ~Q(reason="")
            ),
        ]


class Message(models.Model):
    """A message between the organisation and the lab, in the request and nowhere else."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10)
    about = models.CharField(max_length=20, blank=True)
    """`facts` for a comment on the draft; `returned`, `declined` for the lab's reasons."""
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="message_has_a_side", condition=Q(side__in=["provider", "lab"]))
        ]


class Note(models.Model):
    """What one of the lab writes for the others; its organisation never sees it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]


class Signature(models.Model):
    """The data sharing agreement of a request: whom it was sent to, and when they signed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="signatures")
    name = models.CharField(max_length=200)
    job = models.CharField(max_length=200)
    email = models.EmailField()
    token_sha256 = models.CharField(max_length=64, unique=True)
    text_sha256 = models.CharField(max_length=64)
    """Of the agreement as it was shown."""
    asked = models.DateTimeField(default=timezone.now, editable=False)
    signed = models.DateTimeField(null=True, blank=True)
    signed_name = models.CharField(max_length=200, blank=True)
    current = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="signed_with_a_name_or_not_at_all",
                condition=(Q(signed__isnull=True) & Q(signed_name=""))
                | (Q(signed__isnull=False) & ~Q(signed_name="")),
            ),
            models.UniqueConstraint(name="one_current_signature", fields=["case"], condition=Q(current=True)),
        ]


def latest_result(case: Case) -> Result | None:
    """The result that counts: of the last analysis that finished."""
    return case.results.order_by("-number").first()
