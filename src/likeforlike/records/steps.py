"""The finished steps of a build, so that one that was interrupted goes on after the last of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from likeforlike.files import to_disk
from likeforlike.records.folder import REGISTER, STEPS
from likeforlike.records.manifest import Check, FileEntry, Frozen
from likeforlike.terms import Progress


class Step(Frozen):
    """What a finished step left."""

    files: tuple[FileEntry, ...] = ()
    """Files of the register."""
    beside: tuple[FileEntry, ...] = ()
    """Files that later steps need and the register does not hold."""
    given: str = ""
    """What the step started from besides the inputs of the build."""
    rows_read: int = 0
    checks: tuple[Check, ...] = ()
    model_from: date | None = None
    drift: float | None = None


class Finished(Frozen):
    """The file `steps.json`."""

    inputs: dict[str, Any]
    """Whatever decides the result: with other inputs, the steps are not those of this build."""
    steps: dict[str, Step]
    """By name, in the order in which they were finished."""


class Steps:
    """The steps of one build in its private folder; only one build at a time may hold it.

    Parameters
    ----------
    work
        The folder of the build. What no finished step left there is removed.
    inputs
        Ready for JSON; with others than before, all steps start again.
    progress
        Hears, with the first step to be done, which step the build goes on after.
    """

    def __init__(self, work: Path, inputs: dict[str, Any], progress: Progress) -> None:
        self.work = work
        self._progress = progress
        self._done = _finished(work, inputs) or Finished(inputs=inputs, steps={})
        self._after = next(reversed(self._done.steps), "")
        _remove_all_but(work, self._done)

    def say(self, message: str) -> None:
        """Tell what is being done; the first time, also what was there already."""
        if self._after:
            message = f"Going on after {self._after}: {message[0].lower()}{message[1:]}"
            self._after = ""
        self._progress(message)

    def keep(self, name: str, work: Callable[[], Step], *, given: str = "") -> Step:
        """The step of this name: as it was finished earlier from the same, else done now and written down."""
        earlier = self._done.steps.get(name)
        if earlier and earlier.given == given:
            return earlier
        step = work().model_copy(update={"given": given})
        paths = _files(self.work, step)
        for path in [*paths, *{path.parent for path in paths}]:
            to_disk(path)
        others = {n: s for n, s in self._done.steps.items() if n != name}
        self._done = self._done.model_copy(update={"steps": {**others, name: step}})
        _write_whole(self.work / STEPS, self._done.model_dump_json(indent=1))
        return step


def _finished(work: Path, inputs: dict[str, Any]) -> Finished | None:
    """What an earlier build of the same inputs finished, if all of it is still there."""
    try:
        done = Finished.model_validate_json((work / STEPS).read_bytes())
    except (OSError, ValidationError):
        return None
    if done.inputs != json.loads(json.dumps(inputs)):
        return None
    whole = all(_is_whole(p, e) for s in done.steps.values() for p, e in _files(work, s).items())
    return done if whole else None


def _is_whole(path: Path, entry: FileEntry) -> bool:
    return path.is_file() and path.stat().st_size == entry.bytes


def _files(work: Path, step: Step) -> dict[Path, FileEntry]:
    return {work / REGISTER / e.path: e for e in step.files} | {work / e.path: e for e in step.beside}


def _remove_all_but(work: Path, done: Finished) -> None:
    kept = {path for step in done.steps.values() for path in _files(work, step)}
    if done.steps:
        kept.add(work / STEPS)
    for path in sorted(work.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            # Only folders that are empty by now.
            with suppress(OSError):
                path.rmdir()
        elif path not in kept:
            path.unlink()


def _write_whole(path: Path, text: str) -> None:
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_text(text, encoding="utf-8")
    to_disk(unfinished)
    unfinished.replace(path)
    to_disk(path.parent)
