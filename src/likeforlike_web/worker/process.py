"""Runs a child process, hears what it says, and ends it when the lease is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from likeforlike_web.worker.task import Task

Line = dict[str, Any]
DIED = {"kind": "died"}


def run_child(
    task: Task, *, begun: Callable[[str], None], started: Callable[[subprocess.Popen[bytes]], None]
) -> Line:
    """The last thing that a child says; that it died, if it says nothing.

    Parameters
    ----------
    task
        What to do.
    begun
        Told the name of each stage as it begins.
    started
        Given the process, so that somebody else may end it.
    """
    command = [sys.executable, "-m", "likeforlike_web.worker.child"]
    # a world of its own: no settings, no secrets
    world = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "LANG": "C.UTF-8", "TZ": "UTC"}
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=world, cwd="/"
    ) as child:
        started(child)
        assert child.stdin is not None
        assert child.stdout is not None
        last: Line = DIED
        try:
            child.stdin.write(task.model_dump_json().encode())
            child.stdin.close()
            for line in child.stdout:
                said = json.loads(line)
                if said["kind"] == "begin":
                    begun(said["stage"])
                else:
                    last = said
        except (BrokenPipeError, ValueError):
            last = DIED
        except BaseException:
            child.kill()
            raise
    return last
