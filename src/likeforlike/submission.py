"""One list for several labs: who is asked, each with a register, a ledger and a vault of its own."""

from __future__ import annotations

from pathlib import Path

from pydantic import ConfigDict, Field, model_validator

from likeforlike.plan import Frozen
from likeforlike.study import Programme


class Controller(Frozen):
    """A lab that is asked, and where its records lie; nobody else's are there."""

    model_config = ConfigDict(populate_by_name=True)

    lab: str
    register_folder: Path = Field(alias="register")
    ledger: Path | None = None
    """Its ledger; beside its register, if left out."""
    vault: Path
    """Where its stages are kept; nothing of it leaves but the release."""
    plan: Path | None = None


class Submission(Frozen):
    """One programme's list, and the labs that are asked about it."""

    cohort: Path
    sheet: str | None = None
    programme: Programme = Programme()
    to: tuple[Controller, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _apart(self) -> Submission:
        for what in ("lab", "register_folder", "vault"):
            told = [str(getattr(one, what)) for one in self.to]
            if len(set(told)) < len(told):
                name = "register" if what == "register_folder" else what
                raise ValueError(f"two of 'to' have the same '{name}': each lab keeps its own")
        ledgers = [str(one.ledger or one.register_folder.parent / "ledger") for one in self.to]
        if len(set(ledgers)) < len(ledgers):
            raise ValueError("two of 'to' would share a ledger: give each its own with the key 'ledger'")
        return self
