"""Jobs that failed, put back into the queue by whoever runs the lab."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from likeforlike_web.accounts.models import User
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.record import actor_of, record
from likeforlike_web.cases.policies import NotAllowed
from likeforlike_web.jobs.models import Job, JobKind, JobState
from likeforlike_web.jobs.queue import enqueue

BY_THE_ANALYST = "Its analyst starts an analysis again, from the request’s page."
NOT_FAILED = "Only a job that failed can be put back."


@transaction.atomic
def retry(job_id: int, *, by: User) -> Job:
    """Put a job that failed back into the queue, as a new one.

    Raises
    ------
    NotAllowed
        It did not fail, or it is an analysis.
    """
    job = Job.objects.select_for_update(of=("self",)).filter(pk=job_id).first()
    if job is None:
        raise Http404
    if job.kind == JobKind.RUN:
        raise NotAllowed(BY_THE_ANALYST)
    if job.state != JobState.FAILED:
        raise NotAllowed(NOT_FAILED)
    again = enqueue(JobKind(job.kind), job.case, job.upload, job.reason)
    record(Kind.RETRIED, actor=actor_of(by), case=job.case.reference, job=job.pk, again=again.pk)
    return again
