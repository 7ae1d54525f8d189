"""What the worker asks a child process to do; sent to it through a pipe, because it holds keys."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from likeforlike.terms import EngineName


class Task(BaseModel):
    """Check a list, or carry a study on by one stage."""

    model_config = ConfigDict(frozen=True)

    ciphertext: Path
    lab_key: str = Field(repr=False)
    request_key: str = Field(repr=False)
    lab: str
    sheet: str | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    memory: int
    """Megabytes."""
    study: StudyTask | None = None


class StudyTask(BaseModel):
    """A study: where its parts are, and what the analyst asked for."""

    model_config = ConfigDict(frozen=True)

    register_folder: Path
    vault: Path
    ledger: Path
    engine: EngineName = "duckdb"
    threads: int | None = None
    query_memory: str = "2GB"
    """What queries run on, and what they may use; see `likeforlike.settings`."""
    programme: dict[str, str]
    plan: dict[str, Any] = Field(default_factory=dict)
    context: str = ""
    """The analysts' own words, which go into a result and into no refusal."""
    now: datetime
    """The same for every stage of a job, so that its bytes are."""


Task.model_rebuild()
