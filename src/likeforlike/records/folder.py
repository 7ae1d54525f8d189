"""A register's folder appears whole or not at all: built beside its place, then renamed into it.

The private folder `.NAME.building` holds the register to be and what the build needs besides. A build that
was interrupted leaves it there for the next; one that failed does not.
"""

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
from likeforlike.files import to_disk
from likeforlike.records.manifest import FILE, TABLES

REGISTER = "register"
"""In the folder of the build, what becomes the register."""
STEPS = "steps.json"
"""In the folder of the build, the steps that are finished."""
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
QUERY_INTERRUPTED = "Query interrupted"
NO_ROOM_WORDS = ("no space left", "quota exceeded", "file too large", "max_temp_directory_size")


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """Give the private folder of the build; its `register` becomes `target` when the block ends without an error.

    An interrupted block leaves the folder behind if it has finished steps, and the next one is given it as it
    was left.

    Raises
    ------
    RegisterProblem
        `target` is something other than a register, another build of it is running, or the disk is full;
        nothing is left behind and an earlier register stays as it was.
    """
    target = target.absolute()
    work = target.with_name(f".{target.name}.building")
    previous = target.with_name(f".{target.name}.previous")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work.mkdir(mode=0o700, exist_ok=True)
        with _alone(work, target):
            kept = False
            try:
                _recover(previous, target)
                _refuse_other(target)
                yield work
                _swap(work / REGISTER, target, previous)
            except BaseException as error:
                unfinished = (work / STEPS).is_file() and (work / REGISTER).is_dir()
                kept = unfinished and _interrupted(error)
                raise
            finally:
                if not kept:
                    shutil.rmtree(work, ignore_errors=True)
    except Exception as error:
        if _interrupted(error):
            raise KeyboardInterrupt from None
        if isinstance(error, OSError | duckdb.Error):
            raise _sentence(error, target) from None
        raise


def _interrupted(error: BaseException | None) -> bool:
    # DuckDB turns a signal into an error of its own, and others may wrap that.
    while error is not None:
        if not isinstance(error, Exception) or isinstance(error, duckdb.InterruptException):
            return True
        if isinstance(error, RuntimeError) and str(error) == QUERY_INTERRUPTED:
            return True
        error = error.__cause__
    return False


@contextmanager
def _alone(work: Path, target: Path) -> Iterator[None]:
    lock = os.open(work, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.fchmod(lock, 0o700)
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


def _swap(folder: Path, target: Path, previous: Path) -> None:
    folder.chmod(0o700)
    for made in (folder / FILE, folder):
        to_disk(made)
    if target.exists():
        target.rename(previous)
    folder.rename(target)
    to_disk(target.parent)
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
