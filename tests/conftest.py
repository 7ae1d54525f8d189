"""Fixtures that several kinds of test share: a small twin, its register and its list, made once a session."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from likeforlike.intake import Cohort
    from likeforlike.records import Register

# workers that each use both cores for their matrices wait for each other
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

PEOPLE = 30_000
PARTICIPANTS = 280


@dataclass(frozen=True)
class Twin:
    """Where a small twin lies."""

    folder: Path
    records: Path
    participants: Path
    about: Path
    register: Path


@pytest.fixture(autouse=True)
def own_ledger(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A test's runs have a ledger to themselves: what another test asked would be held against them."""
    monkeypatch.setenv("LIKEFORLIKE_LEDGER", str(tmp_path_factory.getbasetemp() / f"ledger-{uuid4()}"))


@pytest.fixture(scope="session")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Twin:
    import likeforlike as lfl

    home = tmp_path_factory.mktemp("twin")
    lab = lfl.load_lab("justice")
    lfl.write_twin(lab, PEOPLE, 5, home / "twin", effect=-0.1, participants=PARTICIPANTS)
    lfl.build_register(lab, home / "twin" / "records", home / "register")
    programme = home / "twin" / "programme"
    return Twin(
        folder=home / "twin",
        records=home / "twin" / "records",
        participants=programme / "participants.xlsx",
        about=programme / "about.toml",
        register=home / "register",
    )


@pytest.fixture(scope="session")
def register(twin: Twin) -> Register:
    import likeforlike as lfl

    return lfl.open_register(twin.register, lfl.load_lab("justice"))


@pytest.fixture(scope="session")
def cohort(twin: Twin) -> Cohort:
    import likeforlike as lfl

    return lfl.read_cohort(twin.participants, lfl.load_lab("justice"))


@pytest.fixture(scope="session")
def tidy_list(twin: Twin, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The twin's list without the rows in which something must be fixed, as CSV."""
    import likeforlike as lfl
    from likeforlike_web.demo.lists import tidy_lists

    path = tmp_path_factory.mktemp("tidy") / "list.csv"
    path.write_bytes(tidy_lists(twin.participants, lfl.load_lab("justice"), 1)[0])
    return path
