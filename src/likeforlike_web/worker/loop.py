"""The worker: makes keys ready, takes jobs, tidies up, until it is stopped."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from likeforlike_web.actions.retention import delete_what_is_due
from likeforlike_web.audit.kinds import Kind
from likeforlike_web.audit.record import SYSTEM, record
from likeforlike_web.jobs.models import Job
from likeforlike_web.jobs.queue import LEASE, LostLease, be_seen, claim, let_go
from likeforlike_web.settings.environment import Vault
from likeforlike_web.uploads.files import present
from likeforlike_web.uploads.models import RequestKey, Upload
from likeforlike_web.worker.carry_out import carry_out
from likeforlike_web.worker.identity import read_identity
from likeforlike_web.worker.keyring import Keyring

READY_KEYS = 200
"""Keys that wait for requests: more than come in while the worker is away for a while."""
ORPHAN_AFTER = 3_600
"""Seconds after which a ciphertext without a row is nobody's."""
TIDY_EVERY = 600
SEEN_EVERY = 30
log = logging.getLogger(__name__)


def work(
    vault: Vault, *, lease: timedelta = LEASE, pause: float = 1.0, until: Callable[[], bool] = lambda: False
) -> None:
    """Work until asked to stop, or `until` says so while nothing waits."""
    me = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
    tidied = seen = 0.0
    while True:
        try:
            make_keys_ready(vault)
            if time.monotonic() - seen > SEEN_EVERY or not seen:
                be_seen(me)
                seen = time.monotonic()
            if time.monotonic() - tidied > TIDY_EVERY or not tidied:
                remove_orphans()
                delete_what_is_due()
                tidied = time.monotonic()
            if not one_job(me, vault, lease):
                if until():
                    return
                time.sleep(pause)
        except DatabaseError as error:
            log.warning("the database cannot be used (%s): trying again", type(error).__name__)
            connection.close()
            time.sleep(pause)


def one_job(worker: str, vault: Vault, lease: timedelta = LEASE) -> bool:
    """Take one job and carry it out; whether there was one."""
    job = claim(worker, lease)
    if job is None:
        return False
    try:
        carry_out(job, vault, lease)
    except LostLease:
        log.warning("job %s is another worker's by now, or was cancelled", job.pk)
    except DatabaseError:
        raise
    except Exception as error:
        # its text may hold what was on a list
        log.error("job %s failed here: %s", job.pk, type(error).__name__)
        _put_back(job)
    except BaseException:
        _put_back(job, counted=False)
        raise
    return True


def _put_back(job: Job, *, counted: bool = True) -> None:
    """Let another worker have it at once, and not when the lease has run out."""
    with suppress(LostLease, DatabaseError):
        let_go(job, counted=counted)


def make_keys_ready(vault: Vault, wanted: int = READY_KEYS) -> int:
    """Make keys for requests to come; how many were made."""
    missing = wanted - RequestKey.objects.filter(case__isnull=True, destroyed__isnull=True).count()
    if missing < max(1, wanted // 4):
        return 0
    ring = Keyring(vault.keyring, read_identity(vault.identity))
    made = [ring.mint() for _ in range(missing)]
    with transaction.atomic():
        RequestKey.objects.bulk_create([RequestKey(public=public) for public in made])
        record(Kind.KEY_MADE, actor=SYSTEM, keys=len(made))
    return len(made)


def remove_orphans(older_than: float = ORPHAN_AFTER) -> int:
    """Delete ciphertexts that belong to no upload; how many there were."""
    removed = 0
    for path, name, written in present():
        if time.time() - written < older_than:
            continue
        if not _is_upload(name) or path.suffix == ".part":
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _is_upload(name: str) -> bool:
    try:
        return Upload.objects.filter(pk=UUID(name)).exists()
    except ValueError:
        return False
