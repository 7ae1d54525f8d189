"""What waits, what failed, and whether all is well."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from likeforlike_web.actions.jobs import retry
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.states import State
from likeforlike_web.desk.access import administrators_page, worker_of_the_lab
from likeforlike_web.jobs.models import OPEN, Job, JobKind, JobState
from likeforlike_web.jobs.queue import last_seen
from likeforlike_web.mails.models import OVER, Mail, MailState
from likeforlike_web.uploads.models import RequestKey

A_PAGE = 50
FEW_KEYS, LITTLE_ROOM = 20, 1_000_000_000
LATE = timedelta(minutes=5)
WORKER_SILENT = timedelta(minutes=2)
MAIL_LATE = timedelta(minutes=30)


@require_safe
@administrators_page
def overview(request: HttpRequest) -> HttpResponse:
    """Everything that needs somebody, and the health of the service."""
    ready = Case.objects.filter(state=str(State.READY)).select_related("organisation")
    failed = Job.objects.filter(state=str(JobState.FAILED), kind=str(JobKind.DESTROY))
    facts = {
        "title": "Running the lab",
        "ready": ready,
        "failed": failed.select_related("case"),
        "health": health(),
    }
    return render(request, "custody/overview.html", facts)


def health() -> list[tuple[str, str, bool]]:
    """What is looked at, how it is, and whether that is well."""
    now = timezone.now()
    waiting = Job.objects.filter(state=str(JobState.QUEUED)).order_by("created")
    first = waiting.first()
    late = first is not None and now - first.created > LATE
    keys = RequestKey.objects.filter(case__isnull=True, destroyed__isnull=True).count()
    free = shutil.disk_usage(_there(Path(settings.UPLOADS))).free
    lost = Job.objects.filter(state=str(JobState.RUNNING), lease_until__lt=now).count()
    return [
        _worker(),
        (
            "Jobs that wait",
            f"{waiting.count()}{', the first for over five minutes' if late else ''}",
            not late,
        ),
        ("Jobs that run", f"{Job.objects.filter(state=str(JobState.RUNNING)).count()}", True),
        ("Jobs whose worker fell silent", f"{lost}", not lost),
        _mails(),
        ("Keys ready for new requests", f"{keys}", keys >= FEW_KEYS),
        ("Room for uploads", f"{free / 1e9:,.1f} GB", free > LITTLE_ROOM),
    ]


def _worker() -> tuple[str, str, bool]:
    seen = last_seen()
    if seen is None:
        return "Worker", "not seen for a day", False
    silent = timezone.now() - seen
    minutes = int(silent.total_seconds() // 60)
    return "Worker", f"silent for {minutes} minutes" if minutes else "at work", silent < WORKER_SILENT


def _mails() -> tuple[str, str, bool]:
    held = Mail.objects.exclude(state__in=OVER)
    late = held.filter(state=str(MailState.WAITING), made__lt=timezone.now() - MAIL_LATE).exists()
    lost = held.filter(state__in=[str(MailState.GIVEN_UP), str(MailState.UNSURE)]).count()
    how = f"{held.count() - lost} wait, {lost} could not be sent"
    return "Mails", how + (", the first for over half an hour" if late else ""), not (late or lost)


def _there(path: Path) -> Path:
    return path if path.exists() else _there(path.parent)


@require_safe
@administrators_page
def jobs(request: HttpRequest) -> HttpResponse:
    """Every job, newest first."""
    state = request.GET.get("state", "")
    found = Job.objects.select_related("case").order_by("-created", "-pk")
    if state in [str(each) for each in JobState]:
        found = found.filter(state=state)
    facts = {
        "title": "Jobs",
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "counts": Job.objects.values_list("state").annotate(Count("pk")).order_by("state"),
        "state": state,
        "open": OPEN,
        "back": reverse("custody"),
    }
    return render(request, "custody/jobs.html", facts)


@require_POST
@administrators_page
def retry_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Put a failed job back."""
    retry(job_id, by=worker_of_the_lab(request))
    messages.success(request, "The job is in the queue again.")
    return redirect("jobs")
