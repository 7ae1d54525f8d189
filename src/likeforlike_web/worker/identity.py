"""The lab's own key: made once, read by the worker alone."""

from __future__ import annotations

import os
from pathlib import Path

from pyrage import IdentityError, x25519

from likeforlike.errors import InputProblem

OWNER_ONLY = 0o400


def make_identity(path: Path) -> str:
    """Make the lab's key, and give its public half for the website's settings.

    Raises
    ------
    InputProblem
        There is one already, or the file cannot be written.
    """
    identity = x25519.Identity.generate()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        raise InputProblem(
            f"There is a key in '{path}' already: lists may be encrypted to it, so keep it."
        ) from None
    except OSError:
        raise InputProblem(f"'{path}' cannot be written: give another place.") from None
    with os.fdopen(opened, "w") as file:
        file.write(f"{identity}\n")
    return str(identity.to_public())


def read_identity(path: Path) -> x25519.Identity:
    """The lab's key.

    Raises
    ------
    InputProblem
        It is missing, others may read it, or it is no key.
    """
    try:
        if path.stat().st_mode & 0o077:
            raise InputProblem(f"Others may read '{path}': take their permission away (chmod 400).")
        return x25519.Identity.from_str(path.read_text(encoding="ascii").strip())
    except (OSError, UnicodeDecodeError, IdentityError):
        raise InputProblem(
            f"'{path}' holds no key that can be read: give the file of `likeforlike keys make`."
        ) from None
