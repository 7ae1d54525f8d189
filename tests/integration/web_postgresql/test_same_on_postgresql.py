"""Everything in `tests/integration/web` once more, on a PostgreSQL that this test brings itself or is given."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_same_holds_on_postgresql(postgresql):
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests/integration/web"]
    world = os.environ | {"LIKEFORLIKE_TEST_DATABASE": postgresql}
    world.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run(
        command, cwd=ROOT, env=world, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-2_000:]
