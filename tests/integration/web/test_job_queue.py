"""A lease, a heartbeat, a fence: one worker at a time, whoever dies."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from likeforlike_web.actions import analysis
from likeforlike_web.cases.models import Case, Result
from likeforlike_web.cases.states import State
from likeforlike_web.jobs import queue
from likeforlike_web.jobs.models import Job, JobKind, JobStage
from likeforlike_web.jobs.queue import LostLease

RESULT = {
    "status": "released",
    "headline": "",
    "release": "{}",
    "sha256": "c" * 64,
    "green": True,
    "files": {},
}


@pytest.fixture
def case(world):
    return world.case_at(State.RUNNING)


def expire(job):
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_job_is_one_workers(case):
    job = queue.claim("one")
    assert (job.case_id, job.worker, job.fence, job.attempts) == (case.pk, "one", 1, 1)
    assert queue.claim("two") is None


def test_a_beat_holds_it(case):
    job = queue.claim("one", timedelta(seconds=5))
    before = job.lease_until
    queue.beat(job, timedelta(seconds=60))
    assert Job.objects.get(pk=job.pk).lease_until > before + timedelta(seconds=30)


def test_another_takes_over_what_was_left_and_the_first_is_too_late(case):
    first = queue.claim("one")
    queue.finish_stage(first, "linkage", 1.0)
    expire(first)
    second = queue.claim("two")
    assert (second.pk, second.fence, second.worker) == (first.pk, 2, "two")
    late = [
        lambda: queue.beat(first),
        lambda: queue.begin_stage(first, "followup"),
        lambda: queue.finish_stage(first, "followup", 1.0),
        lambda: queue.done(first),
        lambda: queue.fail(first, "x"),
        lambda: queue.let_go(first),
        lambda: analysis.keep_result(first, **RESULT),
        lambda: analysis.give_up(first, "x"),
    ]
    for write in late:
        with pytest.raises(LostLease), transaction.atomic():
            write()
    assert Case.objects.get(pk=case.pk).where is State.RUNNING
    assert analysis.keep_result(second, **RESULT).number == 1
    assert [s.name for s in JobStage.objects.filter(job=first)] == ["linkage"]


def test_a_result_is_kept_once(case):
    job = queue.claim("one")
    analysis.keep_result(job, **RESULT)
    with pytest.raises(LostLease), transaction.atomic():
        analysis.keep_result(job, **RESULT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.create(
            case=case, number=2, job=job, **{k: v for k, v in RESULT.items() if k != "files"}
        )
    assert Result.objects.filter(case=case).count() == 1


def test_a_cancelled_job_cannot_be_finished(world, case):
    job = queue.claim("one")
    analysis.cancel_run(case.pk, by=world.administrator)
    with pytest.raises(LostLease), transaction.atomic():
        analysis.keep_result(job, **RESULT)
    assert Case.objects.get(pk=case.pk).where is State.STOPPED
    assert queue.claim("two") is None


def test_getting_on_counts_more_than_beginning_again(case):
    for attempt in range(1, 4):
        job = queue.claim("one")
        assert job.attempts == attempt
        expire(job)
    job = queue.claim("one")
    queue.finish_stage(job, "linkage", 1.0)
    expire(job)
    assert queue.claim("one").attempts == 2


def test_a_request_has_one_open_job_of_a_kind(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind=str(JobKind.RUN), case=case)


def test_a_running_job_has_a_lease(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(case=case, kind="run").update(state="running", worker="", lease_until=None)


def test_the_oldest_comes_first(world):
    cases = [world.case_at(State.ACCEPTED) for _ in range(3)]
    for case in cases:
        analysis.run(case.pk, by=world.analyst)
    assert [queue.claim(f"worker {n}").case_id for n in range(3)] == [case.pk for case in cases]
