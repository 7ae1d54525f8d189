"""The analysis: started by the analyst, finished or stopped by the worker."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from likeforlike.errors import InputProblem
from likeforlike.labs import load_lab
from likeforlike.read import plan_of_text
from likeforlike_web.accounts.models import User
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.load import begin, finish
from likeforlike_web.cases.models import Case, Result, ResultFile
from likeforlike_web.cases.policies import NotAllowed
from likeforlike_web.jobs.models import Job, JobKind
from likeforlike_web.jobs.queue import cancel, done, enqueue, fail, hold
from likeforlike_web.uploads.models import UploadState, current_upload

NO_LIST = "The request has no list that can be analysed: return it to the provider."


@transaction.atomic
def change_plan(case_id: UUID, text: str, *, by: User) -> Case:
    """Change the lab's plan for this request by the text of a plan file, before its outcomes are known.

    Raises
    ------
    NotAllowed
        The text makes no plan of the lab; the sentence says why.
    """
    case = begin(case_id, Action.PLAN, by)
    lab = load_lab(case.lab)
    try:
        plan, changes = plan_of_text(text, lab)
    except InputProblem as problem:
        raise NotAllowed(str(problem)) from None
    case.plan, case.plan_text = changes, text
    return finish(case, Action.PLAN, Kind.PLANNED, by, sha256=plan.sha256)


@transaction.atomic
def run(case_id: UUID, *, by: User) -> Job:
    """Have the request analysed."""
    case = begin(case_id, Action.RUN, by)
    upload = current_upload(case)
    if upload is None or upload.where is not UploadState.ACCEPTED:
        raise NotAllowed(NO_LIST)
    job = enqueue(JobKind.RUN, case, upload)
    finish(case, Action.RUN, Kind.RUN, by, job=job.pk)
    return job


@transaction.atomic
def cancel_run(case_id: UUID, *, by: User) -> Case:
    """Stop an analysis that is going on; what its finished stages made is kept in the vault."""
    case = begin(case_id, Action.CANCEL, by)
    cancel(case, JobKind.RUN)
    return finish(case, Action.CANCEL, Kind.STOPPED, by, cancelled=True)


@transaction.atomic
def keep_result(
    job: Job, *, status: str, headline: str, release: str, sha256: str, green: bool, files: dict[str, bytes]
) -> Result:
    """Keep what left the vault, once: the job, the result and the request's new state are one transaction.

    Raises
    ------
    LostLease
        Another worker has the job, or it was cancelled.
    """
    hold(job)
    case = begin(job.case_id, Action.FINISH, None)
    result = Result.objects.create(
        case=case,
        number=case.results.count() + 1,
        job=job,
        status=status,
        headline=headline,
        release=release,
        sha256=sha256,
        green=green,
    )
    ResultFile.objects.bulk_create(
        [ResultFile(result=result, name=name, content=content) for name, content in sorted(files.items())]
    )
    done(job)
    finish(case, Action.FINISH, Kind.RESULT, None, result=result.number, sha256=sha256, job=job.pk)
    return result


@transaction.atomic
def give_up(job: Job, sentence: str) -> None:
    """Note that an analysis could not be finished, and why, for the analyst."""
    hold(job)
    fail(job, sentence)
    case = begin(job.case_id, Action.FAIL, None)
    finish(case, Action.FAIL, Kind.STOPPED, None, job=job.pk)
