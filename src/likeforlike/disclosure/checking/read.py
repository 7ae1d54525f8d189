"""Finds a release, and in the vault the exact counts behind it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import ValidationError

from likeforlike.disclosure.checking.pack import Overlapping
from likeforlike.disclosure.ledger.pairs import Pair
from likeforlike.disclosure.release import AS_FOUND, Release
from likeforlike.errors import InputProblem
from likeforlike.study import Study

RESULTS = "results.json"
LEDGER = "ledger.json"
SCHEMA = ("schema", "schema_version")
COUNTS = (
    *("n", "n_comparison", "effective_comparison", "events_treated", "events_comparison"),
    *("people_treated", "people_comparison", "largest_share"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A release, and where its study lies in the vault, if it does."""

    release: Release
    study: Path | None


def find_release(place: Path) -> Found:
    """The release at a place, and its study.

    Parameters
    ----------
    place
        The `--out` folder of a run (with `release` and `vault`), a report's folder, or its `results.json`.

    Raises
    ------
    InputProblem
        There is no release there, or it cannot be read.
    """
    tried = (place, place / RESULTS, place / "release" / RESULTS)
    file = next((path for path in tried if path.is_file()), None)
    if file is None:
        raise InputProblem(
            f"There is no release in '{place.name}': give the --out folder of a run, or its results.json."
        )
    release = _read(file)
    vault = place / "vault"
    return Found(release, study_folder(vault, release.provenance.study_sha256) if vault.is_dir() else None)


def read_hidden(study: Path) -> dict[str, dict[str, Any]]:
    """Exact counts of each measure, from the study's folder in the vault; nothing if it has no estimates."""
    file = study / "estimates" / "frame.parquet"
    if not file.is_file():
        return {}
    frame = pl.read_parquet(file)
    kept = [name for name in COUNTS if name in frame.columns]
    return {row["term"]: {name: row[name] for name in kept} for row in frame.iter_rows(named=True)}


def read_overlapping(study: Path) -> tuple[Overlapping, ...]:
    """Earlier requests about some of the same people, as the ledger told the run; nothing if it was not asked."""
    file = study / LEDGER
    if not file.is_file():
        return ()
    pairs = [Pair(**pair) for pair in json.loads(file.read_text(encoding="utf-8"))["pairs"]]
    return tuple(
        Overlapping(str(p.request), p.status, p.both, p.only_here, p.only_there, p.sentence)
        for p in pairs
        if p.request
    )


def read_tables(study: Path) -> dict[str, pl.DataFrame]:
    """Exact counts behind the tables, by what `audit_tables` calls them; nothing if the study got no further."""
    files = {
        "balance": study / "matching" / "balance.parquet",
        "quality": study / "linkage" / "quality.parquet",
    }
    if not all(file.is_file() for file in files.values()):
        return {}
    return {name: pl.read_parquet(file) for name, file in files.items()}


def _read(file: Path) -> Release:
    try:
        content = json.loads(file.read_bytes())
        told = json.dumps({k: v for k, v in content.items() if k not in SCHEMA})
        return Release.model_validate_json(told, context=AS_FOUND)
    except (ValidationError, ValueError, AttributeError, OSError):
        raise InputProblem(
            f"'{file.name}' is no release of this version: make it again with `likeforlike run`."
        ) from None


def study_folder(vault: Path, sha256: str) -> Path | None:
    """The folder of the study with this hash; of several, by different software, the last by name."""
    found = [file.parent for file in sorted(vault.glob("*/study.json")) if _sha256(file) == sha256]
    return found[-1] if found else None


def _sha256(file: Path) -> str:
    try:
        return Study.model_validate_json(file.read_bytes()).sha256
    except (ValidationError, OSError):
        return ""
