"""One stage in a process of its own: `python -m likeforlike_web.worker.child`.

The task comes through standard input; sentences and results go out through standard output, one JSON object a line. It
has no database, no settings and no network of its own, dies with its worker, and may use only so much memory.
"""

from __future__ import annotations

import base64
import ctypes
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from likeforlike_web.worker.task import StudyTask, Task

PR_SET_PDEATHSIG = 1
Say = Callable[[dict[str, Any]], None]
CANNOT_READ = "The list cannot be opened: its key is gone, or the file is damaged."


class Paused(BaseException):
    """One stage is finished and kept; the next belongs to the next process."""


def main() -> None:
    """Do what standard input says."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    # what a library prints must not pass for a result
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def say(line: dict[str, Any]) -> None:
        out.write(json.dumps(line) + "\n")
        out.flush()

    task = Task.model_validate_json(sys.stdin.buffer.read())
    limit = task.memory * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _carry_out(task, say)


def _carry_out(task: Task, say: Say) -> None:
    from likeforlike.cli.failure import explain
    from likeforlike.errors import InputProblem
    from likeforlike_web.worker.opened import Unreadable

    try:
        if task.study is None:
            _check(task, say)
        else:
            _study(task, task.study, say)
    except Unreadable:
        say({"kind": "problem", "sentence": CANNOT_READ})
    except InputProblem as problem:
        say({"kind": "problem", "sentence": str(problem)})
    except MemoryError:
        say({"kind": "memory"})
    except Exception as error:
        if type(error).__name__ == "OutOfMemoryException":
            say({"kind": "memory"})
        else:
            say({"kind": "failed", "sentence": explain(error)[0]})


def _cohort(task: Task) -> Any:
    from dataclasses import replace

    from pyrage import x25519

    from likeforlike.intake import assemble_cohort
    from likeforlike.labs import load_lab
    from likeforlike_web.worker.columns import with_headings
    from likeforlike_web.worker.opened import read_upload

    keys = {
        name: x25519.Identity.from_str(value)
        for name, value in (("lab", task.lab_key), ("request", task.request_key))
    }
    content = read_upload(task.ciphertext, **keys)
    lab = load_lab(task.lab)
    cohort = assemble_cohort(content, "Your file", with_headings(lab, task.columns), task.sheet or None)
    return replace(cohort, lab=lab)


def _check(task: Task, say: Say) -> None:
    from likeforlike_web.worker.checked import told

    say({"kind": "begin", "stage": "intake"})
    say({"kind": "checked", "found": told(_cohort(task))})


def _study(task: Task, study: StudyTask, say: Say) -> None:
    from likeforlike.calibration.files import current_certificate
    from likeforlike.disclosure.ledger.files import Ledger
    from likeforlike.pipeline import plan_study, run_study
    from likeforlike.plan import Plan
    from likeforlike.records import open_register
    from likeforlike.study import Programme

    began = time.monotonic()
    working: list[str] = []

    def stage(name: str, finished_earlier: bool) -> None:
        if working:
            say({"kind": "stage", "stage": working[0], "seconds": time.monotonic() - began})
            raise Paused
        if not finished_earlier:
            working.append(name)
            say({"kind": "begin", "stage": name})

    cohort = _cohort(task)
    lab = cohort.lab
    register = open_register(
        study.register_folder,
        lab,
        threads=study.threads,
        memory=study.query_memory,
        engine=study.engine,
    )
    planned = plan_study(
        cohort, register, Programme.model_validate(study.programme), Plan.of_lab(lab).changed(study.plan, lab)
    )
    try:
        release = run_study(
            planned,
            cohort,
            register,
            study.vault,
            ledger=Ledger.of_register(study.register_folder, study.ledger),
            now=study.now,
            certificate=current_certificate(register.folder, lab, register.sha256),
            stage=stage,
        )
    except Paused:
        return
    if release.status == "released":
        release = release.model_copy(update={"context": study.context})
    say(_result(release, lab))


def _result(release: Any, lab: Any) -> dict[str, Any]:
    """What leaves the vault: the release and the report that was made of it, nothing else."""
    from likeforlike.disclosure.checking.pack import release_sha256
    from likeforlike.disclosure.checking.rules import rules_broken
    from likeforlike.report import headline, report_files

    files = report_files(release, lab)
    return {
        "kind": "result",
        "status": release.status,
        "headline": headline(release, lab),
        "release": release.model_dump_json(),
        "sha256": release_sha256(release),
        "green": not rules_broken(release, lab.disclosure),
        "files": {name: base64.b64encode(content).decode() for name, content in files.items()},
    }


if __name__ == "__main__":
    main()
