"""Encrypts what is written to it, while it is written, to one key inside another.

The inner lock is the request's: destroying its key is deletion. The outer is the lab's, from the settings: whoever
could put another request key into the database still could not read anything.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from threading import Thread
from typing import BinaryIO, Protocol

from pyrage import encrypt_io, x25519


class Sink(Protocol):
    """Something to write to."""

    def write(self, content: bytes, /) -> int | None:
        """Take some bytes."""

    def flush(self) -> None:
        """Pass them on."""


class Hashed:
    """A file that knows the hash of what was written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._hash = file, hashlib.sha256()

    def write(self, content: bytes, /) -> int:
        """Write and count in."""
        self._hash.update(content)
        return self._file.write(content)

    def flush(self) -> None:
        """Pass on."""
        self._file.flush()

    @property
    def sha256(self) -> str:
        """Hash of all so far."""
        return self._hash.hexdigest()


class Locks:
    """Several age encryptions, one inside the other, with nothing but pipes between them."""

    def __init__(self, target: Sink, keys: Sequence[str]) -> None:
        """Begin; `keys` are age recipients, the innermost first."""
        self._failed: list[BaseException] = []
        self._threads: list[Thread] = []
        sink: Sink = target
        for key in reversed(keys):
            read_end, write_end = os.pipe()
            source, inlet = os.fdopen(read_end, "rb"), os.fdopen(write_end, "wb")
            mine = None if sink is target else sink
            thread = Thread(
                target=self._lock, args=(source, sink, x25519.Recipient.from_str(key), mine), daemon=True
            )
            self._threads.append(thread)
            thread.start()
            sink = inlet
        self._inlet: BinaryIO = sink  # type: ignore[assignment]

    def write(self, content: bytes) -> None:
        """Encrypt some bytes.

        Raises
        ------
        OSError
            What is encrypted cannot be written.
        """
        try:
            self._inlet.write(content)
        except BrokenPipeError:
            raise self._reason() from None

    def close(self) -> None:
        """Finish, and wait until all is written.

        Raises
        ------
        OSError
            It cannot be.
        """
        try:
            self._inlet.close()
        except BrokenPipeError:
            self._failed = self._failed or [OSError("broken pipe")]
        for thread in reversed(self._threads):
            thread.join()
        if self._failed:
            raise self._reason()

    def _lock(self, source: BinaryIO, sink: Sink, key: x25519.Recipient, own: BinaryIO | None) -> None:
        try:
            encrypt_io(source, sink, [key])
            sink.flush()
        except BaseException as error:
            self._failed.append(error)
        finally:
            source.close()
            if own is not None:
                try:
                    own.close()
                except OSError as error:
                    self._failed.append(error)

    def _reason(self) -> OSError:
        known = [error for error in self._failed if isinstance(error, OSError)]
        return known[0] if known else OSError("the upload could not be encrypted")
