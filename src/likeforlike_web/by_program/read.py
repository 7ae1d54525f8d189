"""What the command line reads from files and leaves in them."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any

from likeforlike.errors import InputProblem

KINDS = ("csv", "xlsx", "ods")


def read_key(path: Path) -> str:
    """The key in a file.

    Raises
    ------
    InputProblem
        There is none, or others may read the file.
    """
    try:
        key = path.read_text(encoding="utf-8").strip()
        shared = os.name == "posix" and path.stat().st_mode & 0o077
    except (OSError, UnicodeDecodeError):
        raise InputProblem(f"There is no key in {path.name}: make one under “Your account”.") from None
    if shared:
        raise InputProblem(f"Others can read {path.name}: run `chmod 600 {path.name}` first.")
    if not key.isascii() or not key or len(key.split()) != 1:
        raise InputProblem(f"{path.name} must hold the key and nothing else.")
    return key


def read_about(path: Path) -> dict[str, Any]:
    """What is told about a programme: `lab`, `[answers.PAGE]` and `[signatory]`.

    Raises
    ------
    InputProblem
        It is no TOML, or has other parts.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise InputProblem(f"{path.name} cannot be read: check its name.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise InputProblem(f"{path.name} is not TOML: {problem}.") from None
    strange = sorted(told.keys() - {"lab", "answers", "signatory"})
    if strange or "lab" not in told:
        raise InputProblem(f"{path.name} must have lab, [answers.PAGE] and [signatory], and nothing else.")
    return told


def read_list(path: Path) -> tuple[str, bytes]:
    """The kind and the bytes of a list.

    Raises
    ------
    InputProblem
        It is of another kind, or cannot be read.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise InputProblem("A list is a file that ends with .csv, .xlsx or .ods.")
    try:
        return kind, path.read_bytes()
    except OSError:
        raise InputProblem("The list cannot be read: check its name.") from None


def keep(folder: Path, name: str, content: bytes) -> None:
    """Write a file of a result under its name.

    Raises
    ------
    InputProblem
        The name would lead out of the folder.
    """
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or name.startswith("/") or "\\" in name or ":" in name:
        raise InputProblem("The service gave a name for a file that is none: nothing more was written.")
    place = folder.joinpath(*parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
