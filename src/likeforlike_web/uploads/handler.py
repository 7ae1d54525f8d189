"""Takes a file from a form while it arrives, and writes nothing but its ciphertext."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

from likeforlike_web.uploads.encrypt import Hashed, Locks
from likeforlike_web.uploads.files import PART, folder, put_in_place

KINDS = ("csv", "xlsx", "ods")
LARGEST = 50_000_000
"""Bytes of a list, as likeforlike's own intake has it."""
CIPHERTEXT = 0o640
"""The worker, who is another user, reads it by its group."""
FIELD = "list"


class Received(UploadedFile):  # type: ignore[type-arg]
    """What is known of a list that came: its ciphertext's name and hash, its size and kind."""

    def __init__(self, upload: UUID, kind: str, size: int, sha256: str, problem: str = "") -> None:
        super().__init__(file=None, name=f"list.{kind}", size=size)
        self.size: int = size
        self.upload, self.kind, self.sha256, self.problem = upload, kind, sha256, problem


class EncryptingHandler(FileUploadHandler):
    """Encrypts one list to the request's key and the lab's; anything else is passed over."""

    def __init__(self, request_key: str) -> None:
        super().__init__()
        self._key = request_key
        self._seen = False
        self._part: Any = None

    def new_file(self, *args: Any, **more: Any) -> None:
        """Open the locks, if this is the list and of a kind we take."""
        super().new_file(*args, **more)
        if self.field_name != FIELD or self._seen:
            raise SkipFile
        self._seen, self._size, self._problem = True, 0, ""
        self._upload = uuid4()
        # of the file's own name nothing is kept but its ending
        self._kind = PurePath(self.file_name or "").suffix.lower().removeprefix(".")
        if self._kind not in KINDS:
            self._problem = "kind"
            return
        self._path = folder() / f"{self._upload}{PART}"
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, CIPHERTEXT)
            self._part = os.fdopen(descriptor, "wb")
            self._hashed = Hashed(self._part)
            self._locks = Locks(self._hashed, [self._key, settings.LAB_PUBLIC_KEY])
        except OSError:
            self._give_up("room")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Encrypt a piece; nobody after us sees it."""
        self._size += len(raw_data)
        if self._problem:
            if self._size > 4 * LARGEST:
                raise StopUpload(connection_reset=True)
            return
        if self._size > LARGEST:
            self._give_up("large")
            return
        try:
            self._locks.write(raw_data)
        except OSError:
            self._give_up("room")

    def file_complete(self, file_size: int) -> Received:
        """What came, for the form to look at."""
        if not self._problem and self._size == 0:
            self._give_up("empty")
        if not self._problem:
            try:
                self._locks.close()
                os.fsync(self._part.fileno())
                self._part.close()
                put_in_place(self._path, self._upload)
            except OSError:
                self._give_up("room")
        sha256 = "" if self._problem else self._hashed.sha256
        return Received(self._upload, self._kind, self._size, sha256, self._problem)

    def upload_interrupted(self) -> None:
        """Leave nothing of what did not come whole."""
        if self._part is not None and not self._problem:
            self._give_up("interrupted")

    def _give_up(self, problem: str) -> None:
        self._problem = problem
        if self._part is not None:
            try:
                self._locks.close()
            except (OSError, AttributeError):
                pass
            finally:
                self._part.close()
                self._path.unlink(missing_ok=True)
