"""Reads a study file, a plan and a programme's description; every mistake names file and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from likeforlike.consortium import Consortium
from likeforlike.errors import InputProblem
from likeforlike.labs.definition import Lab
from likeforlike.mistakes import wrong_key
from likeforlike.plan import Plan
from likeforlike.study import Programme, StudyFile
from likeforlike.submission import Submission

Made = TypeVar("Made")
NOT_TOML = "{name} is not valid TOML text{where}: compare it with the example in docs."


def read_study_file(path: Path) -> StudyFile:
    """Read `study.toml`; its paths are relative to its own folder.

    Raises
    ------
    InputProblem
        The file is missing, not TOML, or has a wrong key.
    """
    study = read_toml(path, StudyFile.model_validate)
    here = path.parent
    lab = str(here / study.lab) if (here / study.lab / "lab.toml").is_file() else study.lab
    places = {name: here / getattr(study, name) for name in ("register_folder", "cohort", "out")}
    for name in ("reviewed", "plan"):
        if getattr(study, name) is not None:
            places[name] = here / getattr(study, name)
    return study.model_copy(update={"lab": lab, **places})


def read_submission(path: Path) -> Submission:
    """Read `submission.toml`; its paths are relative to its own folder.

    Raises
    ------
    InputProblem
        The file is missing, not TOML, has a wrong key, or has two labs share what each must have for itself.
    """
    asked = read_toml(path, Submission.model_validate)
    here = path.parent
    to = []
    for one in asked.to:
        lab = str(here / one.lab) if (here / one.lab / "lab.toml").is_file() else one.lab
        places = {n: here / getattr(one, n) for n in ("register_folder", "vault")}
        places |= {n: here / getattr(one, n) for n in ("ledger", "plan") if getattr(one, n) is not None}
        to.append(one.model_copy(update={"lab": lab, **places}))
    return asked.model_copy(update={"cohort": here / asked.cohort, "to": tuple(to)})


def read_consortium(path: Path) -> Consortium:
    """Read `consortium.toml`; its paths are relative to its own folder.

    Raises
    ------
    InputProblem
        The file is missing, not TOML, or has a wrong key.
    """
    asked = read_toml(path, Consortium.model_validate)
    here = path.parent
    lab = str(here / asked.lab) if (here / asked.lab / "lab.toml").is_file() else asked.lab
    members = tuple(one.model_copy(update={"cohort": here / one.cohort}) for one in asked.member)
    places: dict[str, Any] = {"register_folder": here / asked.register_folder, "member": members}
    if asked.plan is not None:
        places["plan"] = here / asked.plan
    return asked.model_copy(update={"lab": lab, **places})


def read_about(path: Path) -> Programme:
    """Read a programme's name, provider and description."""
    return read_toml(path, Programme.model_validate)


def read_plan(path: Path, lab: Lab) -> Plan:
    """The lab's plan with what a plan file changes in it.

    Raises
    ------
    InputProblem
        The file is missing, not TOML, has a wrong key, or names what the lab does not have.
    """
    return read_toml(path, lambda wanted: Plan.of_lab(lab).changed(wanted, lab))


def plan_of_text(text: str, lab: Lab, name: str = "The plan") -> tuple[Plan, dict[str, Any]]:
    """The lab's plan with what the text of a plan file changes in it, and those changes.

    Raises
    ------
    InputProblem
        It is not TOML, has a wrong key, or names what the lab does not have.
    """
    return _of_text(text, name, lambda wanted: (Plan.of_lab(lab).changed(wanted, lab), wanted))


def study_of(wanted: dict[str, Any]) -> StudyFile:
    """A study from a study file's keys and the options of a command.

    Raises
    ------
    InputProblem
        A value cannot be used.
    """
    return _made("The study", wanted, StudyFile.model_validate)


def read_toml(path: Path, made: Callable[[dict[str, Any]], Made]) -> Made:
    """What a TOML file says, made into something by a validator of pydantic's.

    Raises
    ------
    InputProblem
        The file is missing, not TOML, or has a wrong key.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputProblem(f"There is no file {path}: check its name.") from None
    except UnicodeDecodeError:
        raise InputProblem(NOT_TOML.format(name=path.name, where="")) from None
    return _of_text(text, path.name, made)


def _of_text(text: str, name: str, made: Callable[[dict[str, Any]], Made]) -> Made:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line \d+", str(error))
        raise InputProblem(NOT_TOML.format(name=name, where=f" {place.group()}" if place else "")) from None
    return _made(name, content, made)


def _made(file: str, content: dict[str, Any], made: Callable[[dict[str, Any]], Made]) -> Made:
    try:
        return made(content)
    except ValidationError as error:
        raise InputProblem(wrong_key(file, error.errors(include_input=False)[0])) from None
