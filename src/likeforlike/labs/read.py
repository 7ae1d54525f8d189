"""Reads a lab's folder into its frozen definition; every mistake names file and key."""

from __future__ import annotations

import hashlib
import tomllib
from base64 import b64encode
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from likeforlike.errors import LabProblem
from likeforlike.labs import definition as d
from likeforlike.labs.check import check_lab
from likeforlike.mistakes import wrong_key

HERE = Path(__file__).parent
GROUP = "likeforlike.labs"
"""Entry points by which other packages bring labs: a name, and a package that holds `lab.toml`."""
PARTS: dict[str, type[BaseModel]] = {
    "lab.toml": d.LabHead,
    "columns.toml": d.Columns,
    "records.toml": d.Records,
    "linkage.toml": d.Linkage,
    "covariates.toml": d.Covariates,
    "outcomes.toml": d.Outcomes,
    "disclosure.toml": d.DisclosureProfile,
    "wording.toml": d.Wording,
}
OPTIONAL: dict[str, type[BaseModel]] = {
    "negative_controls.toml": d.NegativeControls,
    "synthetic.toml": d.Synthetic,
    "theme.toml": d.Theme,
    "history.toml": d.History,
}
NO_HASH = {"history.toml", "theme.toml"}
"""They change no answer: what was published so far, and how a report looks."""
IN_REGISTER = {"table", "person", "field", "comparison", "blocking", "training_blocking", "identifier"}
"""The keys of `linkage.toml` that decide what a register holds."""
QUERIES = ("events", "covariates", "before_start", "outcomes")
OPTIONAL_QUERIES = ("negative_controls",)
"""Each with the file of the same name, or not at all."""

LOGOS = {".svg": "image/svg+xml", ".png": "image/png"}
LARGEST_LOGO = 200_000

Part = TypeVar("Part", bound=BaseModel)


def installed_labs() -> tuple[str, ...]:
    """Names of the labs that come with this package, and of those that other installed packages bring."""
    own = {p.parent.name for p in HERE.glob("*/lab.toml")}
    return tuple(sorted(own | {point.name for point in entry_points(group=GROUP)}))


def _brought(name: str) -> tuple[Path, ...]:
    """The folder of the lab of this name that another installed package brings, if one does."""
    points = [point for point in entry_points(group=GROUP) if point.name == name]
    if len(points) > 1:
        raise LabProblem(f"Two installed packages bring a lab '{name}': uninstall one, or give a folder.")
    return tuple(Path(str(folder)) for point in points for folder in point.load().__path__)


def load_lab(name_or_folder: str | Path) -> d.Lab:
    """Load a lab by its name, or by the path of its folder.

    Raises
    ------
    LabProblem
        The folder or one of its files is missing or wrong; the sentence names file and key.
    """
    folder = lab_folder(name_or_folder)
    texts = {f: lab_text(folder, f) for f in PARTS}
    texts |= {f: lab_text(folder, f) for f in OPTIONAL if (folder / f).exists()}
    queries = [*QUERIES, *(q for q in OPTIONAL_QUERIES if f"{q}.toml" in texts)]
    sql = {q: lab_text(folder, f"sql/{q}.sql") for q in queries}
    models = {f: _parse(f, text, (PARTS | OPTIONAL)[f]) for f, text in texts.items()}
    parts: dict[str, Any] = {f.removesuffix(".toml"): model for f, model in models.items()}
    parts["head"] = parts.pop("lab")
    translated = {path.name: lab_text(folder, path.name) for path in sorted(folder.glob("wording.*.toml"))}
    parts["translations"] = {f.split(".")[1]: _parse(f, text, d.Wording) for f, text in translated.items()}
    every = texts | translated | {f"sql/{q}.sql": text for q, text in sql.items()}
    every = {f: text for f, text in every.items() if f not in NO_HASH}
    hashes = {"sha256": _hash(every), "register_sha256": _register_hash(parts)}
    lab = d.Lab.model_validate({**parts, "sql": d.Sql.model_validate(sql), **hashes})
    check_lab(lab)
    return lab.model_copy(update={"logo_address": _logo_address(folder, lab.theme.logo)})


def _register_hash(parts: dict[str, Any]) -> str:
    records, linkage = (
        parts[name].model_dump_json(include=keep)
        for name, keep in (("records", None), ("linkage", IN_REGISTER))
    )
    return _hash({"records": records, "linkage": linkage})


def lab_folder(name_or_folder: str | Path) -> Path:
    given = Path(name_or_folder)
    by_name = (HERE / given, *_brought(given.name), given)
    for folder in by_name if given.parts == (given.name,) else (given,):
        if (folder / "lab.toml").is_file():
            return folder
    known = ", ".join(installed_labs())
    raise LabProblem(
        f"There is no lab '{name_or_folder}': give one of {known}, or a folder that holds lab.toml."
    )


def _logo_address(folder: Path, logo: str) -> str:
    if not logo:
        return ""
    path = folder / logo
    kind = LOGOS.get(path.suffix.lower())
    if kind is None or path.parent != folder or not path.is_file():
        raise LabProblem(f"theme.toml: there is no SVG or PNG file '{logo}' in the lab's folder: add it.")
    content = path.read_bytes()
    if len(content) > LARGEST_LOGO:
        raise LabProblem(
            f"theme.toml: the logo '{logo}' has {len(content):,} bytes: make it smaller than {LARGEST_LOGO:,}."
        )
    return f"data:{kind};base64,{b64encode(content).decode()}"


def lab_text(folder: Path, file: str) -> str:
    try:
        return (folder / file).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise LabProblem(f"The lab folder '{folder.name}' has no {file}: add it.") from None
    except UnicodeDecodeError:
        raise LabProblem(f"{file} is not UTF-8 text: save it as UTF-8.") from None


def _parse(file: str, text: str, model: type[Part]) -> Part:
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise LabProblem(f"{file} is not valid TOML: {error}.") from None
    except ValidationError as error:
        raise LabProblem(wrong_key(file, error.errors()[0])) from None


def _hash(texts: dict[str, str]) -> str:
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(f"{name}\0{texts[name]}\0".encode())
    return digest.hexdigest()
