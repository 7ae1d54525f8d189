"""Signals that ask a command to stop: it tidies up, so that no half-made file stays behind."""

from __future__ import annotations

import signal
from types import FrameType, TracebackType
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SENTENCE = "Stopped. Run the same command again to go on from the last finished stage."


class Stopped(BaseException):
    """The person or the machine asked for an end; typer would take a KeyboardInterrupt for its own."""


class Stops:
    """While open, each of the signals ends the work with `Stopped`, through every `with` and `finally`."""

    def __init__(self) -> None:
        self.received = 0
        """The number of the signal; zero if there was none."""
        self._before: dict[signal.Signals, Any] = {}

    @property
    def exit_code(self) -> int:
        """What a shell expects of a command that a signal ended."""
        return 128 + (self.received or signal.SIGINT)

    def __enter__(self) -> Stops:
        for number in SIGNALS:
            # What the caller ignores (as `nohup` does) stays ignored.
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _stop(self, number: int, _: FrameType | None) -> None:
        self.received = number
        raise Stopped
