"""Whether every file of a register is as it was built: by its size, or by its hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from likeforlike.errors import RegisterProblem
from likeforlike.records.manifest import Manifest, read_manifest
from likeforlike.terms import Progress, silent

CHUNK = 16_000_000
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Verified:
    """A register of which every byte is as it was built."""

    sha256: str
    files: int
    bytes: int

    def summary(self) -> str:
        """What was read, and the hash by which studies name the register."""
        size = f"{self.bytes / MB:,.0f} MB" if self.bytes >= MB else f"{self.bytes:,} bytes"
        return (
            f"The register is whole: {self.files} files, {size}, as they were built.\nIts hash: {self.sha256}"
        )

    def to_dict(self) -> dict[str, Any]:
        """The same, ready for JSON."""
        return {"status": "whole", "sha256": self.sha256, "files": self.files, "bytes": self.bytes}


def verify_register(path: str | Path, *, progress: Progress = silent) -> Verified:
    """Read every file of a register and compare its hash with the manifest's.

    Parameters
    ----------
    path
        The register's folder.
    progress
        Told in a sentence how far it is.

    Raises
    ------
    RegisterProblem
        The folder is not a register, or a file is missing or not as it was built; all of those are named.
    """
    folder = Path(path).resolve()
    manifest = read_manifest(folder)
    check_hashes(folder, manifest, progress)
    return Verified(manifest.sha256, len(manifest.files), size_of(manifest))


def size_of(manifest: Manifest) -> int:
    """Bytes of all files of a register."""
    return sum(entry.bytes for entry in manifest.files)


def check_sizes(folder: Path, manifest: Manifest) -> None:
    """Refuse a register of which a file is missing or of another size."""
    _refuse(folder, [entry.path for entry in manifest.files if _size(folder / entry.path) != entry.bytes])


def check_hashes(
    folder: Path, manifest: Manifest, progress: Progress = silent, *, only: str | None = None
) -> None:
    """Refuse a register of which a file is missing, or not as it was built; `only` of one are the bytes read."""
    check_sizes(folder, manifest)
    files = [entry for entry in manifest.files if only in (None, entry.path)]
    done, total, damaged = 0, sum(entry.bytes for entry in files), []
    for entry in files:
        digest = hashlib.sha256()
        with (folder / entry.path).open("rb") as file:
            while part := file.read(CHUNK):
                digest.update(part)
                done += len(part)
                progress(f"Verifying the register ({done / MB:,.0f} of {total / MB:,.0f} MB)")
        if digest.hexdigest() != entry.sha256:
            damaged.append(entry.path)
    _refuse(folder, damaged)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


def _refuse(folder: Path, damaged: list[str]) -> None:
    if damaged:
        raise RegisterProblem(
            f"The register '{folder.name}' is damaged ({', '.join(damaged)}): build it again."
        )
