"""Jobs, and the stages that each has finished."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from likeforlike_web.cases.models import Case


class JobKind(StrEnum):
    """What is to be done."""

    CHECK = "check"
    RUN = "run"
    DESTROY = "destroy"


class JobState(StrEnum):
    """How far it is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = (str(JobState.QUEUED), str(JobState.RUNNING))


class Job(models.Model):
    """A piece of work on one request; whoever has its lease may write to it, and nobody else."""

    kind = models.CharField(max_length=10)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="jobs")
    upload = models.ForeignKey("uploads.Upload", null=True, on_delete=models.PROTECT, related_name="jobs")
    state = models.CharField(max_length=10, default=JobState.QUEUED)
    reason = models.CharField(max_length=200, blank=True)
    """Why it was asked for, where that matters."""
    stage = models.CharField(max_length=30, blank=True)
    """The stage that is going on."""
    attempts = models.PositiveIntegerField(default=0)
    """How often it was begun since it last got on."""
    fence = models.PositiveIntegerField(default=0)
    """Goes up with every lease: a worker with an older number is too late."""
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    """One sentence for staff, without anybody's details."""
    created = models.DateTimeField(default=timezone.now, editable=False)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["created", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="job_kind_is_known", condition=Q(kind__in=[str(k) for k in JobKind])),
            models.CheckConstraint(
                name="job_state_is_known", condition=Q(state__in=[str(s) for s in JobState])
            ),
            models.CheckConstraint(
                name="job_runs_under_a_lease",
                condition=(Q(state="running", lease_until__isnull=False) & ~Q(worker=""))
                | ~Q(state="running"),
            ),
            models.UniqueConstraint(
                name="one_open_job_of_a_kind", fields=["case", "kind"], condition=Q(state__in=list(OPEN))
            ),
        ]


class JobStage(models.Model):
    """A stage that a job has finished, once."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="stages")
    name = models.CharField(max_length=30)
    seconds = models.FloatField()
    fence = models.PositiveIntegerField()
    finished = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_stage_is_finished_once", fields=["job", "name"])
        ]


class WorkerSeen(models.Model):
    """When a worker was last there, whether it had work or not."""

    worker = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()
