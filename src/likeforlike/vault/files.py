"""Where finished stages are kept: readable by their owner only, whole or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from likeforlike.study import Study
from likeforlike.vault.pack import pack, unpack

Result = TypeVar("Result")
PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class Vault:
    """The stages of one study, made by one version of the software, under `folder`."""

    folder: Path

    @classmethod
    def of_study(cls, root: Path, study: Study, software: dict[str, str]) -> Vault:
        """Open (or begin) the study's own folder and write the study down in it."""
        from likeforlike.study import sha256_of

        name = sha256_of({"study": study.sha256, "software": software})[:16]
        folder = root / name
        root.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        folder.mkdir(mode=PRIVATE, exist_ok=True)
        _write_whole(folder / "study.json", study.model_dump_json(indent=2))
        return cls(folder)

    def has(self, stage: str) -> bool:
        """Whether the stage was finished earlier."""
        return (self.folder / stage / "result.json").is_file()

    def keep(self, stage: str, kind: type[Result], compute: Callable[[], Result], **context: Any) -> Result:
        """The stage's result: from the folder when it was finished earlier, else computed and written."""
        if self.has(stage):
            return self._read(stage, kind, context)
        result = compute()
        self._write(stage, result, frozenset(context))
        return result

    def note(self, name: str, text: str) -> None:
        """Leave a note for the lab's staff beside the stages."""
        _write_whole(self.folder / f"{name}.txt", text + "\n")

    def _read(self, stage: str, kind: type[Result], context: dict[str, Any]) -> Result:
        folder = self.folder / stage
        rest = json.loads((folder / "result.json").read_text(encoding="utf-8"))
        tables = {p.stem: pl.read_parquet(p) for p in sorted(folder.glob("*.parquet"))}
        return unpack(kind, tables, rest, context)

    def _write(self, stage: str, result: Any, without: frozenset[str]) -> None:
        tables, rest = pack(result, without=without)
        unfinished = self.folder / f".{stage}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=PRIVATE)
        for name, table in tables.items():
            table.write_parquet(unfinished / f"{name}.parquet")
        (unfinished / "result.json").write_text(json.dumps(rest), encoding="utf-8")
        unfinished.rename(self.folder / stage)


def _write_whole(path: Path, text: str) -> None:
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)
