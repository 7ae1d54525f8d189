"""Puts files into a folder in place of earlier ones: all of them, or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from likeforlike.errors import InputProblem


def replace_files(files: Mapping[str, bytes], out: Path, owned: Sequence[str]) -> None:
    """Write files to a folder, which is made if it is missing.

    Parameters
    ----------
    files
        Contents by name within the folder, at most one folder deep.
    owned
        Names at the top of the folder that are removed when nothing takes their place, in the order they are put in
        place. Other files in the folder are left alone.

    Raises
    ------
    InputProblem
        The folder cannot be written to.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as folder:
            _fill(Path(folder), files)
            _put_in_place(Path(folder), out, owned)
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise InputProblem(
            f"The report could not be written to '{out}' ({why}): make room, or give another folder."
        ) from None


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)


def _put_in_place(folder: Path, out: Path, owned: Sequence[str]) -> None:
    out.mkdir(exist_ok=True)
    for name in reversed(owned):
        _remove(out / name)
    for name in owned:
        if (folder / name).exists():
            os.replace(folder / name, out / name)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
