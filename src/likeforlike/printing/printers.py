"""Pages become PDFs side by side, each in a process of its own: laying them out is most of a report's time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

from likeforlike.errors import InputProblem
from likeforlike.printing.pdf import CANNOT

COMMAND = (sys.executable, "-P", "-m", "likeforlike.printing.pdf")
SECONDS = 300
"""Far longer than the longest report takes."""


@contextmanager
def printers(number: int) -> Iterator[Callable[[Mapping[str, str]], dict[str, bytes]]]:
    """So many processes, which get ready while pages are still being made.

    Yields
    ------
    Callable
        From pages by name to PDFs by name; for no more pages than there are processes, once.
    """
    with ExitStack() as stack:
        started = []
        for _ in range(number):
            pipes = subprocess.Popen(  # noqa: S603
                COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
            started.append(stack.enter_context(pipes))
            stack.callback(pipes.kill)
        yield lambda pages: _printed(started, pages)


def _printed(started: list[subprocess.Popen[bytes]], pages: Mapping[str, str]) -> dict[str, bytes]:
    if not pages:
        return {}
    with ThreadPoolExecutor(len(pages)) as pool:
        return dict(zip(pages, pool.map(_pdf, started, pages.values()), strict=True))


def _pdf(process: subprocess.Popen[bytes], html: str) -> bytes:
    content, problem = process.communicate(html.encode(), timeout=SECONDS)
    if process.returncode == CANNOT:
        raise InputProblem(problem.decode().strip())
    if process.returncode:
        raise RuntimeError(f"A page could not be laid out (exit {process.returncode}).")
    return content
