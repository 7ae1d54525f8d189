"""Writes to a vault: for its owner only, by one run at a time, and so that it stays."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from likeforlike.errors import InputProblem
from likeforlike.files import to_disk

PRIVATE = 0o700
BUSY = (
    "Another run is going on in the same folder, of this study or of another one: "
    "wait for it to end, or give another folder."
)


@contextmanager
def only_run(root: Path) -> Iterator[None]:
    """Make the folder of vaults and hold it for one run; one that fails before it has written takes it away again.

    Raises
    ------
    InputProblem
        Another run holds it.
    """
    with made(root), alone(root):
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder that is there.

    Raises
    ------
    InputProblem
        Another run holds it.
    """
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise InputProblem(BUSY) from None
    finally:
        os.close(lock)


@contextmanager
def made(folder: Path) -> Iterator[None]:
    """A private folder, with its parents; if the block fails, those that are new and empty are taken away again."""
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        yield
    except BaseException:
        for path in new:
            with suppress(OSError):
                path.rmdir()
        raise


def write_whole(path: Path, text: str) -> None:
    """Write a file, or leave it as it was."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_text(text, encoding="utf-8")
        to_disk(unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
