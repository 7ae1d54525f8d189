"""Lists that were kept as long as they may be are deleted by themselves."""

from __future__ import annotations

from django.db import transaction

from likeforlike_web.jobs.models import OPEN, Job, JobKind, JobState
from likeforlike_web.jobs.queue import enqueue
from likeforlike_web.uploads.retention import held

DUE = "kept as long as it may be"


@transaction.atomic
def delete_what_is_due() -> list[Job]:
    """Have the key of every list that is due destroyed; one whose deletion failed waits for a person."""
    tried = Job.objects.filter(kind=str(JobKind.DESTROY), state__in=[*OPEN, str(JobState.FAILED)])
    already = set(tried.values_list("case_id", flat=True))
    late = [each.case for each in held() if each.late and each.case.pk not in already]
    return [enqueue(JobKind.DESTROY, case, reason=DUE) for case in late]
