"""Carries out one job under its lease."""

from __future__ import annotations

import base64
import shutil
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from likeforlike.hashes import sha256_of
from likeforlike.vault.write import BUSY
from likeforlike_web.actions.analysis import give_up, keep_result
from likeforlike_web.actions.lists import keep_check
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.record import SYSTEM, record
from likeforlike_web.cases.questions import BY_KEY, shown
from likeforlike_web.jobs.models import Job, JobKind
from likeforlike_web.jobs.queue import (
    GIVEN_UP,
    LEASE,
    MOST_ATTEMPTS,
    begin_stage,
    done,
    fail,
    finish_stage,
    hold,
    let_go,
)
from likeforlike_web.settings.environment import Vault
from likeforlike_web.uploads.files import path_of, remove
from likeforlike_web.uploads.models import Receipt, RequestKey, UploadState
from likeforlike_web.worker.child import CANNOT_READ
from likeforlike_web.worker.heartbeat import Heartbeat
from likeforlike_web.worker.identity import read_identity
from likeforlike_web.worker.keyring import Keyring, NoKey
from likeforlike_web.worker.process import Line, run_child
from likeforlike_web.worker.task import StudyTask, Task

PAUSE = 1.0
"""Seconds before a job that could not go on is put back."""
MEMORY = "A stage needed more memory than LIKEFORLIKE_VAULT_MEMORY allows: set it higher and start the analysis again."
NO_REGISTER = "The vault has no register for this lab: set LIKEFORLIKE_VAULT_REGISTERS."


class Again(Exception):
    """The job goes back into the queue."""


def carry_out(job: Job, vault: Vault, lease: timedelta = LEASE) -> None:
    """Do a job that was claimed; raises `LostLease` when it is another's by now."""
    ring = Keyring(vault.keyring, read_identity(vault.identity))
    if job.attempts > MOST_ATTEMPTS:
        _end_badly(job, GIVEN_UP)
        return
    with Heartbeat(job, lease) as heart:
        try:
            if job.kind == JobKind.DESTROY:
                _destroy(job, vault, ring)
            elif job.kind == JobKind.CHECK:
                _check(job, vault, ring, heart)
            else:
                _run(job, vault, ring, heart)
        except NoKey:
            _end_badly(job, CANNOT_READ)
        except Again:
            let_go(job)


def _ask(job: Job, task: Task, heart: Heartbeat) -> Line:
    said = run_child(task, begun=lambda stage: begin_stage(job, stage), started=heart.watch)
    heart.require()
    if said["kind"] == "died" or (said["kind"] == "problem" and said["sentence"] == BUSY):
        time.sleep(PAUSE)
        raise Again
    return said


def _check(job: Job, vault: Vault, ring: Keyring, heart: Heartbeat) -> None:
    said = _ask(job, _task(job, vault, ring), heart)
    assert job.upload is not None
    with transaction.atomic():
        hold(job)
        if said["kind"] == "checked":
            found = said["found"]
            wrong, unsure = found["must_fix"], found["please_confirm"]
            state = UploadState.PROBLEMS if wrong else UploadState.CONFIRM if unsure else UploadState.ACCEPTED
            keep_check(job.upload, found, state)
            done(job)
        elif said["kind"] == "problem":
            sentence = said["sentence"].replace("name one with --sheet", "type the name of one below")
            keep_check(job.upload, {"sentence": sentence}, UploadState.UNREADABLE)
            done(job)
        else:
            sentence = "The list could not be checked: it may be larger than we can hold. Write to the lab."
            keep_check(job.upload, {"sentence": sentence}, UploadState.UNREADABLE)
            fail(job, MEMORY if said["kind"] == "memory" else said["sentence"])


def _run(job: Job, vault: Vault, ring: Keyring, heart: Heartbeat) -> None:
    if job.case.lab not in vault.registers:
        give_up(job, NO_REGISTER)
        return
    task = _task(job, vault, ring)
    task = task.model_copy(update={"study": _study(job, vault)})
    while True:
        said = _ask(job, task, heart)
        if said["kind"] == "stage":
            with transaction.atomic():
                finish_stage(job, said["stage"], said["seconds"])
                record(Kind.STAGE, actor=SYSTEM, case=job.case.reference, stage=said["stage"], job=job.pk)
        elif said["kind"] == "result":
            files = {name: base64.b64decode(content) for name, content in said["files"].items()}
            told = {name: said[name] for name in ("status", "headline", "release", "sha256", "green")}
            keep_result(job, **told, files=files)
            return
        else:
            give_up(job, MEMORY if said["kind"] == "memory" else said["sentence"])
            return


def _task(job: Job, vault: Vault, ring: Keyring) -> Task:
    assert job.upload is not None
    key = RequestKey.objects.get(case=job.case)
    return Task(
        ciphertext=path_of(job.upload.pk).resolve(),
        lab_key=str(ring.lab),
        request_key=str(ring.open(key.public)),
        lab=job.case.lab,
        sheet=job.upload.sheet or None,
        columns=job.upload.columns,
        memory=vault.stage_memory,
    )


def _study(job: Job, vault: Vault) -> StudyTask:
    answers: dict[str, dict[str, Any]] = job.case.answers
    aim = answers.get("aim", {})
    support = next(question for question in BY_KEY["aim"].questions if question.key == "support")
    words = [str(aim.get("aim", "")).strip(), shown(support, aim.get("support"))]
    programme = {
        "name": job.case.programme,
        "provider": job.case.organisation.name,
        "description": "\n\n".join(part for part in words if part),
    }
    return StudyTask(
        register_folder=vault.registers[job.case.lab].resolve(),
        vault=study_folder(vault, job),
        ledger=vault.ledger_of(job.case.lab).resolve(),
        engine=vault.engine,
        threads=vault.threads,
        query_memory=vault.query_memory,
        programme=programme,
        plan=job.case.plan,
        context=job.case.context,
        now=job.created.replace(microsecond=0),
    )


def study_folder(vault: Vault, job: Job) -> Path:
    """Where the stages of a request's studies are kept."""
    return (vault.folder / str(job.case_id)).resolve()


def _destroy(job: Job, vault: Vault, ring: Keyring) -> None:
    """The key first: whatever happens afterwards, nobody can read the list."""
    key = RequestKey.objects.get(case=job.case)
    ring.destroy(key.public)
    shutil.rmtree(study_folder(vault, job), ignore_errors=True)
    uploads = list(job.case.uploads.order_by("received"))
    for upload in uploads:
        remove(upload.pk)
    with transaction.atomic():
        hold(job)
        now = timezone.now()
        told = {
            "case": job.case.reference,
            "key": key.public,
            "at": now.isoformat(),
            "reason": job.reason,
            "ciphertexts": [upload.ciphertext_sha256 for upload in uploads],
        }
        key.destroyed = now
        key.save(update_fields=["destroyed"])
        job.case.uploads.update(state=str(UploadState.DESTROYED), found={}, columns={})
        Receipt.objects.create(
            key=key,
            case=job.case,
            at=now,
            reason=job.reason,
            ciphertexts=told["ciphertexts"],
            sha256=sha256_of(told),
        )
        record(Kind.KEY_DESTROYED, actor=SYSTEM, case=job.case.reference, receipt=sha256_of(told))
        done(job)


def _end_badly(job: Job, sentence: str) -> None:
    if job.kind == JobKind.RUN:
        give_up(job, sentence)
        return
    with transaction.atomic():
        hold(job)
        if job.kind == JobKind.CHECK and job.upload is not None:
            keep_check(job.upload, {"sentence": CANNOT_READ}, UploadState.UNREADABLE)
        fail(job, sentence)
