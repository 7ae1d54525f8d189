"""Writes to the ledger's folder: for its owner only, whole or not at all, and so that it stays."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from likeforlike.disclosure.ledger.entry import Entry
from likeforlike.errors import InputProblem
from likeforlike.files import to_disk
from likeforlike.hashes import canonical_json

ENTRIES, HEAD, KEY, LOCK = "entries.jsonl", "head.json", "key", "lock"
PEOPLE, RELEASES = "people", "releases"
MARK = "ledger.txt"
"""In a register's folder: the name of the ledger that has its answers."""
KEY_BYTES = 32
FOLDER_MODE, FILE_MODE = 0o700, 0o600


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the ledger; whoever comes second waits, so that no two requests are decided without each other."""
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def begin(folder: Path) -> None:
    """Make the folder and draw its key, once.

    Raises
    ------
    InputProblem
        There are entries and no key.
    """
    for each in (folder, folder / PEOPLE, folder / RELEASES):
        each.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    with held(folder):
        if (folder / KEY).exists():
            return
        if (folder / ENTRIES).exists():
            raise InputProblem("The ledger has entries and no key: take its file 'key' from a backup.")
        put(folder / KEY, secrets.token_bytes(KEY_BYTES))


def put(path: Path, content: bytes) -> None:
    """Write a file, or leave it as it was."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
    try:
        _all(opened, content)
        os.fsync(opened)
    finally:
        os.close(opened)
    unfinished.replace(path)
    to_disk(path.parent)


def append(folder: Path, entry: Entry) -> None:
    """Add a line to the entries, then say in the head where they end; the ledger must be held.

    A kill between the two leaves a head that is one entry behind, which is read as what it is.
    """
    line = (canonical_json(entry.to_dict()) + "\n").encode()
    opened = os.open(folder / ENTRIES, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, FILE_MODE)
    try:
        before = os.fstat(opened).st_size
        try:
            _all(opened, line)
            os.fsync(opened)
        except BaseException:
            # a disk that is full leaves half a line
            os.ftruncate(opened, before)
            raise
    finally:
        os.close(opened)
    to_disk(folder)
    put_head(folder, entry)


def put_head(folder: Path, last: Entry) -> None:
    """Say where the entries end."""
    put(folder / HEAD, json.dumps({"number": last.number, "sha256": last.sha256}).encode())


def _all(opened: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(opened, left) :]
