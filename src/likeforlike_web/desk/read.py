"""Reads what a study left in the vault: tables of groups, never of people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings

from likeforlike.disclosure.checking.of_study import pack_of_study
from likeforlike.disclosure.checking.pack import Pack
from likeforlike.disclosure.checking.read import study_folder
from likeforlike.disclosure.release import Release
from likeforlike.labs import Lab
from likeforlike.plan import Plan
from likeforlike.study import Study
from likeforlike_web.cases.models import Result

OF_GROUPS = frozenset(
    {
        *("linkage/quality", "linkage/thresholds", "linkage/unlinked", "linkage/agreement", "linkage/notes"),
        *("matching/balance", "diagnostics/people", "diagnostics/worst", "diagnostics/beyond"),
        *("diagnostics/scores", "diagnostics/weights", "diagnostics/groups"),
        *("estimates/frame", "beside/frame", "timing/means", "checks/frame", "checks/figures"),
        "sensitivity/frame",
    }
)
"""Tables in which no row is a person; the desk opens no other."""
FLOWS = {"participants": "flow", "pool": "pool_flow"}


def release_of(result: Result) -> Release:
    """What left the vault."""
    return Release.model_validate_json(result.release)


def study_of(result: Result) -> Path | None:
    """The folder of the study behind a result; nothing where its list was deleted."""
    root = Path(settings.STUDIES) / str(result.case_id)
    return study_folder(root, release_of(result).provenance.study_sha256) if root.is_dir() else None


def plan_of(study: Path) -> Plan:
    """The plan that the study followed."""
    return Study.model_validate_json((study / "study.json").read_bytes()).plan


def table(study: Path, name: str) -> pl.DataFrame | None:
    """One table of a study, if the study got so far.

    Raises
    ------
    KeyError
        Its rows may be people.
    """
    if name not in OF_GROUPS:
        raise KeyError(name)
    file = study / f"{name}.parquet"
    return pl.read_parquet(file) if file.is_file() else None


def flow(study: Path, side: str) -> list[dict[str, Any]]:
    """People left after each step, exactly."""
    for stage in ("matching", "followup", "linkage"):
        file = study / stage / "result.json"
        if file.is_file():
            kept = json.loads(file.read_bytes())["result"].get(FLOWS[side])
            if kept:
                return list(kept["flow"])
    return []


def note(study: Path, name: str) -> str:
    """A note that the run left for staff."""
    file = study / name
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""


def seal(study: Path) -> str:
    """The seal of the match: outcomes were opened for this match and no other."""
    file = study / "matching" / "result.json"
    return str(json.loads(file.read_bytes())["result"]["seal"]) if file.is_file() else ""


def pack_of_result(result: Result, lab: Lab) -> Pack:
    """The checker's pack: each output beside its rules, and what the vault knows."""
    return pack_of_study(release_of(result), lab.disclosure, study_of(result))
