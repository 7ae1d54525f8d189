"""One sentence for anything that goes wrong; never a person's details, so never an unexpected error's own text."""

from __future__ import annotations

import errno
import traceback
from pathlib import Path

from likeforlike.errors import LikeForLikeError

DISK = {
    errno.ENOSPC: "There is no room left on the disk: free some space and run the same command again.",
    errno.EDQUOT: "Your disk quota is used up: free some space and run the same command again.",
    errno.EROFS: "The folder to write to is read-only: choose another one.",
    errno.EACCES: "A file or folder may not be read or written by you: check its permissions.",
    errno.EPERM: "A file or folder may not be read or written by you: check its permissions.",
    errno.ENOTDIR: "There is a file where a folder is needed: give another folder.",
    errno.EEXIST: "There is a file where a folder is needed: give another folder.",
    errno.EISDIR: "There is a folder where a file is needed: give the name of a file.",
}


def explain(error: Exception) -> tuple[str, int]:
    """The sentence to show and the exit code to leave with."""
    if isinstance(error, LikeForLikeError):
        return str(error), error.exit_code
    if isinstance(error, OSError) and error.errno in DISK:
        return DISK[error.errno], 2
    if isinstance(error, MemoryError):
        return "This machine has too little memory for this: use a larger one.", 1
    return (
        f"Something failed on our side ({type(error).__name__} at {_place(error)}). Nothing was released. "
        "Please report this line; it holds nobody's details.",
        1,
    )


def _place(error: Exception) -> str:
    """The innermost place in our own code: file name and line."""
    package = Path(__file__).parent.parent
    frames = [
        f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(package)
    ]
    return f"{Path(frames[-1].filename).relative_to(package)}:{frames[-1].lineno}" if frames else "start"
