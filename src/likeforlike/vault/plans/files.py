"""Each plan that was sealed for a list, as a file that is written once: its date is the day of the seal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from likeforlike.errors import InputProblem
from likeforlike.plan import Plan
from likeforlike.vault.write import made, write_whole

OPENED = ".opened"


@dataclass(frozen=True, slots=True)
class SealedPlans:
    """The plans of one list."""

    folder: Path

    @classmethod
    def of_list(cls, root: Path, cohort_sha256: str) -> SealedPlans:
        return cls(root / "plans" / cohort_sha256[:16])

    def seal(self, plan: Plan) -> int:
        """Write a plan down before its outcomes are opened; a plan that was sealed before keeps its version.

        Returns
        -------
        int
            1, and one more for each other plan whose outcomes had been opened before this one was sealed.

        Raises
        ------
        InputProblem
            The plan's file was changed.
        """
        with made(self.folder):
            path = self._path(plan)
            if not path.exists():
                version = 1 + len(list(self.folder.glob(f"*{OPENED}")))
                content = {"version": version, "sha256": plan.sha256, "plan": plan.model_dump(mode="json")}
                write_whole(path, json.dumps(content, indent=2))
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if Plan.model_validate(content["plan"]).sha256 != plan.sha256:
                raise ValueError
            return int(content["version"])
        except (ValueError, KeyError, TypeError):
            raise InputProblem(
                f"The sealed plan {path.name} in the vault was changed: put it back as it was, or use another folder."
            ) from None

    def opened(self, plan: Plan) -> None:
        """Note that the outcomes of a plan are being opened."""
        mark = self._path(plan).with_suffix(OPENED)
        if not mark.exists():
            write_whole(mark, "")

    def _path(self, plan: Plan) -> Path:
        return self.folder / f"{plan.sha256[:16]}.json"
