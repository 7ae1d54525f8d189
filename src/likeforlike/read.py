"""Reads a study file and a programme's description; every mistake names file and key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from likeforlike.errors import InputProblem
from likeforlike.mistakes import wrong_key
from likeforlike.study import Programme, StudyFile

Model = TypeVar("Model", bound=BaseModel)


def read_study_file(path: Path) -> StudyFile:
    """Read `study.toml`; its paths are relative to its own folder.

    Raises
    ------
    InputProblem
        The file is missing, not TOML, or has a wrong key.
    """
    study = _read(path, StudyFile)
    here = path.parent
    lab = str(here / study.lab) if (here / study.lab / "lab.toml").is_file() else study.lab
    places = {name: here / getattr(study, name) for name in ("register_folder", "cohort", "out")}
    if study.reviewed is not None:
        places["reviewed"] = here / study.reviewed
    return study.model_copy(update={"lab": lab, **places})


def read_about(path: Path) -> Programme:
    """Read a programme's name, provider and description."""
    return _read(path, Programme)


def _read(path: Path, model: type[Model]) -> Model:
    try:
        found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return model.model_validate(found)
    except FileNotFoundError:
        raise InputProblem(f"There is no file {path}: check its name.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise InputProblem(
            f"{path.name} is not valid TOML text: compare it with the example in docs."
        ) from None
    except ValidationError as error:
        raise InputProblem(wrong_key(path.name, error.errors(include_input=False)[0])) from None
