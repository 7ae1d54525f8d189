"""A register's folder appears whole or not at all: built beside its place, then renamed into it."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from likeforlike.errors import RegisterProblem
from likeforlike.records.manifest import FILE, TABLES

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NO_ROOM_WORDS = ("no space left", "quota exceeded", "file too large", "max_temp_directory_size")


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """Give an empty private folder that becomes `target` when the block ends without an error.

    Raises
    ------
    RegisterProblem
        `target` is something other than a register, another build of it is running, or the disk is full;
        nothing is left behind and an earlier register stays as it was.
    """
    target = target.absolute()
    folder = target.with_name(f".{target.name}.building")
    previous = target.with_name(f".{target.name}.previous")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        with _alone(folder, target):
            try:
                _recover(previous, target)
                _refuse_other(target)
                _empty(folder)
                yield folder
                _swap(folder, target, previous)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except (OSError, duckdb.Error) as error:
        raise _sentence(error, target) from None


@contextmanager
def _alone(folder: Path, target: Path) -> Iterator[None]:
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise RegisterProblem(f"Another build of '{target.name}' is running: wait for it to end.") from None
    finally:
        os.close(lock)


def _recover(previous: Path, target: Path) -> None:
    # A build that was killed between its two renames left the earlier register under its other name.
    if previous.exists() and not target.exists():
        previous.rename(target)
    shutil.rmtree(previous, ignore_errors=True)


def _refuse_other(target: Path) -> None:
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if not (target / FILE).is_file() or not (target / TABLES).is_dir():
        raise RegisterProblem(f"'{target.name}' is there already and is not a register: give another place.")


def _empty(folder: Path) -> None:
    for left in folder.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def _swap(folder: Path, target: Path, previous: Path) -> None:
    folder.chmod(0o700)
    if target.exists():
        target.rename(previous)
    folder.rename(target)
    shutil.rmtree(previous, ignore_errors=True)


def _sentence(error: Exception, target: Path) -> RegisterProblem:
    full = isinstance(error, OSError) and error.errno in NO_ROOM
    if full or any(words in str(error).lower() for words in NO_ROOM_WORDS):
        return RegisterProblem(
            f"The disk is full: make room beside '{target.name}' and build the register again."
        )
    if isinstance(error, PermissionError):
        return RegisterProblem(f"'{target.name}' cannot be written there: give a place you may write to.")
    if isinstance(error, duckdb.OutOfMemoryException):
        return RegisterProblem("The tables need more memory than the build may use: allow more.")
    # DuckDB's and the system's own words may quote a row or a path, so only their kind is named.
    return RegisterProblem(f"The register could not be built ({type(error).__name__}).")
