"""A register that has learnt from the cohorts linked to it: they are written into its manifest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from likeforlike.errors import RegisterProblem
from likeforlike.records.manifest import FILE, Lesson, Manifest, read_manifest

if TYPE_CHECKING:
    import polars as pl


def add_lessons(path: str | Path, lessons: Mapping[str, pl.DataFrame]) -> Manifest:
    """Write what cohorts taught into a register; a cohort that taught before is taken anew.

    Parameters
    ----------
    path
        The register's folder.
    lessons
        For each list's hash the counts `field, level, pairs` of its true pairs.

    Returns
    -------
    Manifest
        The register's new manifest; its hash names the register from now on.

    Raises
    ------
    RegisterProblem
        The folder is not a register or cannot be written to; the register is as before.
    """
    folder = Path(path).resolve()
    manifest = read_manifest(folder)
    new = {name: tuple(Lesson(**row) for row in counts.to_dicts()) for name, counts in lessons.items()}
    taught = dict(sorted((manifest.learnt | new).items()))
    manifest = manifest.model_copy(update={"learnt": taught})
    part = folder / f".{FILE}.part"
    try:
        part.write_text(manifest.to_json(), encoding="utf-8")
        part.replace(folder / FILE)
    except OSError:
        part.unlink(missing_ok=True)
        raise RegisterProblem(
            f"The register '{folder.name}' cannot be written to: check its space and permissions."
        ) from None
    return manifest
