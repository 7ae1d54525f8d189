"""What a power cut must not take away again."""

from __future__ import annotations

import errno
import os
from pathlib import Path


def to_disk(path: Path) -> None:
    """Force a file or a folder's entries out: else a power cut may leave a name without its content."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        # some file systems have nothing to force out for a folder
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(opened)
