"""Putting a job in the queue, taking it under a lease, and writing to it only while the lease holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from likeforlike_web.cases.models import Case
from likeforlike_web.jobs.models import OPEN, Job, JobKind, JobStage, JobState, WorkerSeen
from likeforlike_web.uploads.models import Upload

LEASE = timedelta(seconds=60)
FORGOTTEN = timedelta(days=1)
MOST_ATTEMPTS = 3
"""Beginnings without getting on, after which a job is given up."""
GIVEN_UP = "It was begun three times and never got on: see the worker's log, then start it again."


class LostLease(Exception):
    """Another worker has the job by now, or it was cancelled; whatever this one made of it does not count."""


def enqueue(kind: JobKind, case: Case, upload: Upload | None = None, reason: str = "") -> Job:
    """A new job, in the transaction of what asked for it; earlier open ones of the kind are cancelled."""
    cancel(case, kind)
    return Job.objects.create(kind=str(kind), case=case, upload=upload, reason=reason)


def cancel(case: Case, *kinds: JobKind) -> int:
    """Cancel open jobs of a request; a worker that has one finds out when it next writes."""
    found = Job.objects.filter(case=case, kind__in=[str(kind) for kind in kinds], state__in=OPEN)
    return found.update(state=str(JobState.CANCELLED), finished=timezone.now(), fence=F("fence") + 1)


@transaction.atomic
def claim(worker: str, lease: timedelta = LEASE) -> Job | None:
    """The oldest job that waits or whose lease has run out, held for this worker; nothing if there is none."""
    now = timezone.now()
    ready = Q(state=str(JobState.QUEUED)) | Q(state=str(JobState.RUNNING), lease_until__lt=now)
    waiting = Job.objects.filter(ready).order_by("created", "pk")
    # SQLite has one writer at a time, and this transaction is it already
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    job = waiting.first()
    if job is None:
        return None
    job.state, job.worker, job.lease_until = str(JobState.RUNNING), worker, now + lease
    job.fence, job.attempts = job.fence + 1, job.attempts + 1
    job.started = job.started or now
    job.save()
    return job


def anything_open() -> bool:
    """Whether any job waits or runs, here or at another worker."""
    return Job.objects.filter(state__in=OPEN).exists()


def be_seen(worker: str) -> None:
    """Say that a worker is there; those that were not for a day are forgotten."""
    now = timezone.now()
    WorkerSeen.objects.update_or_create(worker=worker, defaults={"at": now})
    WorkerSeen.objects.filter(at__lt=now - FORGOTTEN).delete()


def last_seen() -> datetime | None:
    """When any worker was last there: in its round, or renewing the lease of a job."""
    seen = WorkerSeen.objects.order_by("-at").values_list("at", flat=True).first()
    busy = Job.objects.filter(state=str(JobState.RUNNING), lease_until__gt=timezone.now()).exists()
    return timezone.now() if busy else seen


def beat(job: Job, lease: timedelta = LEASE) -> None:
    """Hold the lease a while longer.

    Raises
    ------
    LostLease
        It is another's.
    """
    _write(job, lease_until=timezone.now() + lease)


def begin_stage(job: Job, stage: str) -> None:
    """Say which stage is going on."""
    _write(job, stage=stage)


@transaction.atomic
def finish_stage(job: Job, stage: str, seconds: float) -> None:
    """Note that a stage is finished; a job that gets on may be begun again as often as at first."""
    hold(job)
    _write(job, attempts=1)
    JobStage.objects.get_or_create(job=job, name=stage, defaults={"seconds": seconds, "fence": job.fence})


def hold(job: Job) -> None:
    """Make sure, until the transaction ends, that the lease is ours.

    Raises
    ------
    LostLease
        It is another's.
    """
    if (
        not Job.objects.select_for_update()
        .filter(pk=job.pk, fence=job.fence, state=str(JobState.RUNNING))
        .exists()
    ):
        raise LostLease


def done(job: Job) -> None:
    """Finish a job, in the transaction that keeps what it made."""
    _write(job, state=str(JobState.DONE), finished=timezone.now(), lease_until=None, stage="")


def fail(job: Job, sentence: str) -> None:
    """Give a job up, in the transaction that says so."""
    _write(job, state=str(JobState.FAILED), finished=timezone.now(), lease_until=None, error=sentence[:500])


def let_go(job: Job, *, counted: bool = True) -> None:
    """Put a job back, for another worker or for later; a beginning that was nobody's fault is not counted."""
    attempts = job.attempts if counted else max(0, job.attempts - 1)
    _write(job, state=str(JobState.QUEUED), lease_until=None, worker="", attempts=attempts)


def _write(job: Job, **fields: Any) -> None:
    mine = Job.objects.filter(pk=job.pk, fence=job.fence, state=str(JobState.RUNNING))
    if mine.update(**fields) != 1:
        raise LostLease
    for name, value in fields.items():
        setattr(job, name, value)
