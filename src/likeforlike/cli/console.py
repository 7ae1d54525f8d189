"""What a command shows: stages with their times on standard error, results on standard output."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.status import Status

from likeforlike.terms import Progress, silent

TITLES = {
    "linkage": "Finding people in the records",
    "followup": "Choosing dates and eligible people",
    "matching": "Finding people who are alike",
    "diagnostics": "Looking at the match from every side",
    "outcomes": "Opening outcomes for the sealed match",
    "estimates": "Comparing the groups",
    "sub_groups": "Comparing parts of the groups",
    "beside": "Working out other statistics",
    "timing": "Following both groups through time",
    "checks": "Looking at the result in other ways",
    "sensitivity": "Trying other thresholds of linkage",
    "disclosure": "Protecting everyone's information",
}


class Stages:
    """A line for each stage: a spinner while it runs, a tick and its time when done."""

    def __init__(self, *, quiet: bool) -> None:
        self._console = Console(stderr=True, quiet=quiet, highlight=False)
        self._status: Status | None = None
        self._title = ""
        self._began = 0.0
        self._note = ""

    def stage(self, name: str, resumed: bool) -> None:
        """Begin a stage; the one before it is done."""
        self.begin(TITLES.get(name, name), note=" (finished earlier)" if resumed else "")

    def begin(self, title: str, *, note: str = "") -> None:
        self.end()
        self._title, self._note, self._began = title, note, time.monotonic()
        self._status = self._console.status(f"{title} …")
        self._status.start()

    def detail(self, sentence: str) -> None:
        """Say what the stage is doing now."""
        if self._status:
            self._status.update(f"{self._title}: {sentence} …")

    def note(self, sentence: str) -> None:
        """Say something worth knowing before going on."""
        self.end()
        self._console.print(f"  {sentence}")

    def end(self, mark: str = "[green]✓[/green]") -> None:
        if self._status:
            self._status.stop()
            self._status = None
            took = time.monotonic() - self._began
            self._console.print(f"{mark} {self._title}{self._note} [dim]{took:.1f} s[/dim]")


class _Notes(logging.Handler):
    """Shows what the library has to say to whoever runs it."""

    def __init__(self, shown: Stages) -> None:
        super().__init__(logging.WARNING)
        self._shown = shown

    def emit(self, record: logging.LogRecord) -> None:
        self._shown.note(record.getMessage())


@contextmanager
def stages(*, quiet: bool) -> Iterator[Stages]:
    """Stages that end tidily, also when one fails."""
    shown = Stages(quiet=quiet)
    notes, log = _Notes(shown), logging.getLogger("likeforlike")
    log.addHandler(notes)
    try:
        yield shown
    except BaseException:
        shown.end("[red]✗[/red]")
        raise
    finally:
        log.removeHandler(notes)
    shown.end()


@contextmanager
def working(title: str, *, quiet: bool) -> Iterator[Progress]:
    """One piece of work with a spinner; gives a listener for its details."""
    with stages(quiet=quiet) as shown:
        shown.begin(title)
        yield silent if quiet else shown.detail


def show(text: str, facts: dict[str, Any], *, as_json: bool) -> None:
    """Print a result: words for people, JSON for machines."""
    typer.echo(json.dumps(facts, indent=2, sort_keys=True, ensure_ascii=False) if as_json else text)
