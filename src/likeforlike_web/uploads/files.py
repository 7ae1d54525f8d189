"""Where ciphertexts lie: one file an upload, under a name of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.conf import settings

from likeforlike.files import to_disk

PRIVATE = 0o700
PART = ".part"


def folder() -> Path:
    """The folder of all ciphertexts; made if it is missing."""
    place = Path(settings.UPLOADS)
    place.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    return place


def path_of(upload: UUID) -> Path:
    """Where an upload's ciphertext is."""
    return folder() / f"{upload}.age"


def put_in_place(part: Path, upload: UUID) -> None:
    """Give a whole ciphertext its name, so that it stays."""
    part.rename(path_of(upload))
    to_disk(folder())


def remove(upload: UUID) -> None:
    """Delete a ciphertext; one that is not there is deleted."""
    with suppress(FileNotFoundError):
        path_of(upload).unlink()


def present() -> Iterator[tuple[Path, str, float]]:
    """Every file, the name it has without its ending, and when it was last written."""
    for path in sorted(folder().iterdir()):
        yield path, path.name.removesuffix(PART).removesuffix(".age"), path.stat().st_mtime
