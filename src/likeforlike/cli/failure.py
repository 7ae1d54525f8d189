"""One sentence for anything that goes wrong; never a person's details, so never an unexpected error's own text."""

from __future__ import annotations

import errno
import traceback
from pathlib import Path

from likeforlike.errors import LikeForLikeError

DISK = {
    errno.ENOSPC: "There is no room left on the disk: free some space and run the same command again.",
    errno.EFBIG: "A file would be larger than you may write: raise the limit (`ulimit -f`) and run this again.",
    errno.EDQUOT: "Your disk quota is used up: free some space and run the same command again.",
    errno.EROFS: "The folder to write to is read-only: choose another one.",
    errno.EACCES: "A file or folder may not be read or written by you: check its permissions.",
    errno.EPERM: "A file or folder may not be read or written by you: check its permissions.",
    errno.ENOTDIR: "There is a file where a folder is needed: give another folder.",
    errno.EEXIST: "There is a file where a folder is needed: give another folder.",
    errno.EISDIR: "There is a folder where a file is needed: give the name of a file.",
}


STOPPED = 128
"""Exit codes from here on are of signals."""
MEMORY = (
    "This needs more memory than LIKEFORLIKE_MEMORY allows: set it higher, like LIKEFORLIKE_MEMORY=4GB, "
    "and run the same command again."
)
LIBRARIES = ("polars", "duckdb", "_duckdb", "pyarrow")
"""They tell of a full disk in errors of their own, by the system's words or its number."""
FULL = {
    errno.ENOSPC: ("no space left on device", "os error 28"),
    errno.EDQUOT: ("quota exceeded", "os error 122"),
    errno.EFBIG: ("file too large", "os error 27"),
}


def explain(error: Exception) -> tuple[str, int]:
    """The sentence to show and the exit code to leave with."""
    if isinstance(error, LikeForLikeError):
        return str(error), error.exit_code
    number = _system_error(error)
    if number in DISK:
        return DISK[number], 2
    if type(error).__name__ == "OutOfMemoryException":
        return MEMORY, 2
    if isinstance(error, MemoryError):
        return "This machine has too little memory for this: use a larger one.", 1
    return (
        f"Something failed on our side ({type(error).__name__} at {_place(error)}). Nothing was released. "
        "Please report this line; it holds nobody's details.",
        1,
    )


def status(code: int) -> str:
    """The exit code in a word, for machines."""
    return {2: "problem", 3: "refused"}.get(code, "failed" if code < STOPPED else "stopped")


def _system_error(error: Exception) -> int | None:
    """The number of what the system could not do."""
    if isinstance(error, OSError) and error.errno:
        return error.errno
    # no library is imported here to be asked for the types of its errors: that would slow every command down
    if isinstance(error, OSError) or type(error).__module__.partition(".")[0] in LIBRARIES:
        said = str(error).lower()
        return next((number for number, words in FULL.items() if any(w in said for w in words)), None)
    return None


def _place(error: Exception) -> str:
    """The innermost place in our own code: file name and line."""
    package = Path(__file__).parent.parent
    frames = [
        f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(package)
    ]
    return f"{Path(frames[-1].filename).relative_to(package)}:{frames[-1].lineno}" if frames else "start"
