"""Pages become PDFs side by side, in processes of their own: laying them out is most of a report's time."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import chain

from likeforlike.errors import InputProblem
from likeforlike.printing.pdf import CANNOT

COMMAND = (sys.executable, "-P", "-m", "likeforlike.printing.pdf")
MOST = 2
"""Processes: each takes a second of a processor before it can begin."""
SECONDS = 300
"""Far longer than the longest report takes."""
Process = subprocess.Popen[bytes]


@contextmanager
def printers(pages: int) -> Iterator[Callable[[Mapping[str, str]], dict[str, bytes]]]:
    """Processes for so many pages, which get ready while the pages are still being made.

    Yields
    ------
    Callable
        From pages by name to PDFs by name; once.
    """
    with ExitStack() as stack:
        started = []
        for _ in range(min(pages, MOST)):
            process = subprocess.Popen(  # noqa: S603
                COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
            started.append(stack.enter_context(process))
            stack.callback(process.kill)
        yield lambda wanted: _printed(started, wanted)


def _printed(started: list[Process], pages: Mapping[str, str]) -> dict[str, bytes]:
    if not pages:
        return {}
    shares = _shared(pages, len(started))
    with ThreadPoolExecutor(len(started)) as pool:
        made = pool.map(_pdfs, started, ([pages[name] for name in share] for share in shares))
        found = dict(zip(chain(*shares), chain(*made), strict=True))
    return {name: found[name] for name in pages}


def _shared(pages: Mapping[str, str], among: int) -> list[list[str]]:
    """Names of pages for each process: the longest first, each to whoever has least to do."""
    shares: list[list[str]] = [[] for _ in range(among)]
    for name in sorted(pages, key=lambda name: len(pages[name]), reverse=True):
        min(shares, key=lambda share: sum(len(pages[each]) for each in share)).append(name)
    return shares


def _pdfs(process: Process, pages: list[str]) -> list[bytes]:
    content, problem = process.communicate(json.dumps(pages).encode(), timeout=SECONDS)
    if process.returncode == CANNOT:
        raise InputProblem(problem.decode().strip())
    if process.returncode:
        raise RuntimeError(f"A page could not be laid out (exit {process.returncode}).")
    return [b64decode(pdf) for pdf in json.loads(content)]
