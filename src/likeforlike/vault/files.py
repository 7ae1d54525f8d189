"""Where finished stages are kept: readable by their owner only, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from likeforlike.files import to_disk
from likeforlike.hashes import sha256_of
from likeforlike.study import Study
from likeforlike.vault.pack import pack, unpack
from likeforlike.vault.write import PRIVATE, alone, made, write_whole

Result = TypeVar("Result")
REST = "result.json"
"""What is no table, and the hashes of all; a stage without it is not finished."""
UNREADABLE = (OSError, ValueError, TypeError, KeyError, pl.exceptions.PolarsError)
DAMAGED = "What was kept of the stage '%s' is damaged, so it is worked out again."
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Vault:
    """The stages of one study, made by one version of the software, under `folder`."""

    folder: Path
    _whole: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)
    """Stages that were found there, and whether their hashes fit."""

    @classmethod
    def of_study(cls, root: Path, study: Study, software: dict[str, str]) -> Vault:
        """Open (or begin) the study's own folder and write the study down in it."""
        folder = root / sha256_of({"study": study.sha256, "software": software})[:16]
        with made(root), made(folder):
            write_whole(folder / "study.json", study.model_dump_json(indent=2))
        return cls(folder)

    def has(self, stage: str) -> bool:
        """Whether the stage was finished earlier and is as it was written."""
        if stage not in self._whole and (self.folder / stage / REST).is_file():
            self._whole[stage] = _is_whole(self.folder / stage)
            if not self._whole[stage]:
                log.warning(DAMAGED, stage)
        return self._whole.get(stage, False)

    def keep(self, stage: str, kind: type[Result], compute: Callable[[], Result], **context: Any) -> Result:
        """The stage's result: from the folder when it is there as it was written, else computed and written.

        Raises
        ------
        InputProblem
            Another run works on the same study.
        """
        with alone(self.folder):
            if self.has(stage):
                with suppress(*UNREADABLE):
                    return self._read(stage, kind, context)
                log.warning(DAMAGED, stage)
            result = compute()
            self._write(stage, result, frozenset(context))
            return result

    def note(self, name: str, text: str) -> None:
        """Leave a note for the lab's staff, in a file of this name beside the stages."""
        write_whole(self.folder / name, text + "\n")

    def _read(self, stage: str, kind: type[Result], context: dict[str, Any]) -> Result:
        folder = self.folder / stage
        rest = json.loads((folder / REST).read_bytes())["result"]
        tables = {p.stem: pl.read_parquet(p) for p in sorted(folder.glob("*.parquet"))}
        return unpack(kind, tables, rest, context)

    def _write(self, stage: str, result: Any, without: frozenset[str]) -> None:
        tables, rest = pack(result, without=without)
        with self._unfinished(stage) as folder:
            for name, table in tables.items():
                # by way of memory: polars cannot say that a disk is full, and may call it a transport error
                table.write_parquet(content := io.BytesIO())
                (folder / f"{name}.parquet").write_bytes(content.getbuffer())
            whole = {"files": _hashes(folder), "result": json.loads(json.dumps(rest))}
            text = json.dumps({"sha256": sha256_of(whole), **whole})
            (folder / REST).write_text(text, encoding="utf-8")
            for file in folder.iterdir():
                to_disk(file)
            to_disk(folder)
            shutil.rmtree(self.folder / stage, ignore_errors=True)
            folder.rename(self.folder / stage)
            to_disk(self.folder)
        self._whole[stage] = True

    @contextmanager
    def _unfinished(self, stage: str) -> Iterator[Path]:
        folder = self.folder / f".{stage}.unfinished"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=PRIVATE)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _is_whole(folder: Path) -> bool:
    """Whether every file of a stage has the hash it was written with, and there is no other."""
    try:
        content = json.loads((folder / REST).read_bytes())
        said = content.pop("sha256")
        return bool(said == sha256_of(content) and content["files"] == _hashes(folder))
    except (*UNREADABLE, AttributeError):
        return False


def _hashes(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.glob("*.parquet")):
        with path.open("rb") as file:
            found[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found
