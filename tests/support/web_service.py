"""The service as processes of its own: its folder, its settings, a worker to start and to kill."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from likeforlike_web.demo.home import Home

ROOT = Path(__file__).parents[2]
SEED = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable")
import json, sys
from support.web_seed import {function}
print(json.dumps({function}(**json.loads(sys.argv[1]))))
"""


@dataclass
class Service:
    """A made-up service in a folder of its own."""

    home: Home
    register: Path

    def vault(self) -> dict[str, str]:
        return self.home.vault() | {"LIKEFORLIKE_VAULT_REGISTERS": f"{self.home.lab}={self.register}"}

    def world(self, settings: dict[str, str], module: str) -> dict[str, str]:
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests"), *(p for p in sys.path if p)])
        return settings | {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": module, "LANG": "C.UTF-8"}

    def seed(self, function: str, **arguments: Any) -> Any:
        """Call a function of `support.web_seed` with the vault's settings, in a process of its own."""
        command = [sys.executable, "-c", SEED.format(function=function), json.dumps(arguments)]
        world = self.world(self.vault(), "likeforlike_web.settings.vault")
        done = subprocess.run(command, env=world, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def worker(self, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "likeforlike", "worker", *options]
        return subprocess.Popen(command, env=self.world(self.vault(), "likeforlike_web.settings.vault"))

    def asked(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of the service's database, as it is now."""
        path = self.home.front()["LIKEFORLIKE_WEB_DATABASE"].removeprefix("sqlite:///")
        connection = sqlite3.connect(path, timeout=20)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()


def answering(port: int) -> bool:
    """Whether a site of the service answers there."""
    with suppress(OSError):
        return urllib.request.urlopen(f"http://localhost:{port}/health/", timeout=5).status == 200
    return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until(true: Callable[[], Any], seconds: float, what: str) -> Any:
    """Wait until something is so."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        found = true()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError(f"it took longer than {seconds} s: {what}")


def kill(process: subprocess.Popen[bytes]) -> None:
    """As the system's out-of-memory killer would."""
    process.send_signal(signal.SIGKILL)
    process.wait()
