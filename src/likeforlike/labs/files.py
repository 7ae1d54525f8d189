"""All mistakes inside the files of a lab's folder, each by itself; `read.py` stops at the first."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import ValidationError

from likeforlike.errors import LabProblem
from likeforlike.labs.read import (
    OPTIONAL,
    OPTIONAL_QUERIES,
    PARTS,
    QUERIES,
    lab_folder,
    lab_text,
)
from likeforlike.mistakes import wrong_key


def file_mistakes(name_or_folder: str | Path) -> list[str]:
    """A sentence for each missing file, each wrong or misspelt key, and each file that nothing reads."""
    try:
        folder = lab_folder(name_or_folder)
    except LabProblem as problem:
        return [str(problem)]
    mistakes: list[str] = []
    for file, model in (PARTS | OPTIONAL).items():
        if file in OPTIONAL and not (folder / file).exists():
            continue
        try:
            model.model_validate(tomllib.loads(lab_text(folder, file)))
        except LabProblem as problem:
            mistakes.append(str(problem))
        except tomllib.TOMLDecodeError as error:
            mistakes.append(f"{file} is not valid TOML: {error}.")
        except ValidationError as error:
            mistakes += [wrong_key(file, problem) for problem in error.errors()]
    for query in QUERIES:
        if not (folder / "sql" / f"{query}.sql").is_file():
            mistakes.append(f"The lab folder '{folder.name}' has no sql/{query}.sql: add it.")
    known = {f"{query}.sql" for query in (*QUERIES, *OPTIONAL_QUERIES)}
    for path in sorted((folder / "sql").glob("*.sql")):
        if path.name not in known:
            mistakes.append(f"Nothing reads sql/{path.name}: check its name or take it out.")
    for path in sorted(folder.glob("*.toml")):
        if path.name not in PARTS | OPTIONAL and not path.name.startswith("wording."):
            mistakes.append(f"Nothing reads {path.name}: check its name or take it out.")
    return mistakes
