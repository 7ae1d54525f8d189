"""Two people, two workers, two mailers at the same moment: it is done once, and the other is told."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SCRIPT = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
import json
from support.at_once import found
print(json.dumps(found()))
"""


@pytest.fixture
def found(database):
    world = os.environ | {
        "LIKEFORLIKE_TEST_DATABASE": database,
        "DJANGO_SETTINGS_MODULE": "support.web_settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests"), *(p for p in sys.path if p)]),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT, env=world, capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3_000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_each_is_done_once(found):
    assert found["sent twice"] == ["NotAllowed", "done"]
    assert found["sent events"] == 1
    assert found["one checker twice"] == ["NotAllowed", "done"]
    assert found["votes of one"] == 1
    assert found["two checkers"] == ["done", "done"]
    assert found["cleared"] == [1, "facts"]
    assert found["three checkers"] == ["NotAllowed", "done", "done"]
    assert found["votes of three"] == 2
    assert found["published twice"] == ["NotAllowed", "done"]
    assert found["published events"] == 1
    assert found["claimed"] == 1
    assert found["senders"] == ["done"] * 3
    assert found["mails"] == [30, 30]
    assert found["record"] == ""
