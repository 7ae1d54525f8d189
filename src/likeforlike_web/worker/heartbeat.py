"""Keeps a job's lease while the worker waits for a child; ends the child when the lease is lost."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from datetime import timedelta
from threading import Event, Thread
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection
from django.utils import timezone

from likeforlike_web.jobs.models import Job
from likeforlike_web.jobs.queue import LostLease, beat

BEATS = 4
"""In the time of a lease."""


class Heartbeat:
    """While open, renews the lease from a thread of its own."""

    def __init__(self, job: Job, lease: timedelta) -> None:
        # an object of its own, for another thread writes to the job
        self._job = Job(pk=job.pk, fence=job.fence)
        self._lease = lease
        self._until = timezone.now() + lease
        self._stop = Event()
        self._child: subprocess.Popen[bytes] | None = None
        self.lost = False
        self._thread = Thread(target=self._beat, daemon=True)

    def watch(self, child: subprocess.Popen[bytes]) -> None:
        """End this process when the lease is lost."""
        self._child = child
        if self.lost:
            child.kill()

    def require(self) -> None:
        """Go on only with the lease.

        Raises
        ------
        LostLease
            It was lost.
        """
        if self.lost:
            raise LostLease

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._stop.wait(self._lease.total_seconds() / BEATS):
                try:
                    beat(self._job, self._lease)
                    self._until = timezone.now() + self._lease
                except LostLease:
                    return self._end()
                except DatabaseError:
                    # while the database is away the lease goes on running out
                    connection.close()
                    if timezone.now() > self._until:
                        return self._end()
        finally:
            connection.close()

    def _end(self) -> None:
        self.lost = True
        if self._child is not None:
            with suppress(OSError):
                self._child.kill()
