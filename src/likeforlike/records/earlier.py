"""The register that a new one replaces: its linkage model may serve again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from likeforlike.errors import RegisterProblem
from likeforlike.labs.definition import Lab
from likeforlike.records.manifest import FileEntry, Manifest, read_manifest
from likeforlike.records.open import MODEL


@dataclass(frozen=True, slots=True)
class Earlier:
    """A register of the same lab with the same rules."""

    manifest: Manifest
    model: dict[str, Any]

    @property
    def trained_on(self) -> date:
        """The extract that its model was trained on."""
        return self.manifest.model_from or self.manifest.vintage

    def holds(self, vintage: date, files: Sequence[FileEntry]) -> bool:
        """Whether these files, which come before the model, are its own: then it is a register of the same extract."""
        return self.manifest.vintage == vintage and set(files) <= set(self.manifest.files)


def earlier_register(target: Path, lab: Lab, software: dict[str, str]) -> Earlier | None:
    """The register in `target`, if its model is of the lab's rules and of the same Splink."""
    try:
        manifest = read_manifest(target)
        written = (target / MODEL).read_bytes()
    except (RegisterProblem, OSError):
        return None
    same_lab = (manifest.lab, manifest.rules_sha256) == (lab.name, lab.register_sha256)
    same_splink = manifest.software.get("splink") == software["splink"]
    stated = [f.sha256 for f in manifest.files if f.path == MODEL]
    if not same_lab or not same_splink or stated != [hashlib.sha256(written).hexdigest()]:
        return None
    return Earlier(manifest, json.loads(written))
