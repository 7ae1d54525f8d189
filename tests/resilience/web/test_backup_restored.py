"""A backup by `deploy/backup.sh` is restored by `deploy/restore-drill.sh`; what was destroyed stays destroyed in it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from likeforlike_web.demo.home import Home
from support.web_service import Service

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"


@pytest.fixture
def service(tmp_path):
    made = Service(Home(tmp_path / "home", 1, "justice"), tmp_path)
    made.seed("people")
    return made


def script(name, service, *arguments, **more):
    front = service.home.front()
    command = Path(front["LIKEFORLIKE_WEB_UPLOADS"]).parent / "likeforlike"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m likeforlike "$@"\n')
    command.chmod(0o755)
    world = service.world(os.environ | more, "likeforlike_web.settings.front") | {
        "DATABASE": front["LIKEFORLIKE_WEB_DATABASE"],
        "UPLOADS": front["LIKEFORLIKE_WEB_UPLOADS"],
        "LIKEFORLIKE": str(command),
        "LIKEFORLIKE_WEB_KEY": front["LIKEFORLIKE_WEB_KEY"],
    }
    return subprocess.run(
        [shutil.which("sh"), str(DEPLOY / name), *map(str, arguments)],
        env=world | more, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def backed_up(service, into):
    done = script("backup.sh", service, into)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def test_a_backup_is_restored_and_verified(service, tmp_path):
    uploads = Path(service.home.front()["LIKEFORLIKE_WEB_UPLOADS"])
    uploads.mkdir(exist_ok=True)
    (uploads / "1.age").write_bytes(b"age-encryption.org/v1\n")
    (uploads / "2.age.part").write_bytes(b"half")
    into = tmp_path / "backups"
    made = backed_up(service, into)
    assert sorted(p.name for p in made.rglob("*.age*")) == ["1.age"]
    assert made.stat().st_mode & 0o077 == 0
    assert not list(made.rglob("*keyring*")), "keys are not backed up"
    done = script("restore-drill.sh", service, into)
    assert done.returncode == 0, done.stderr
    assert "none changed" in done.stdout
    assert "restored and verified in" in done.stdout


def test_a_backup_that_was_changed_is_not_believed(service, tmp_path):
    into = tmp_path / "backups"
    made = backed_up(service, into)
    with (made / "service.sqlite3").open("ab") as file:
        file.write(b"x")
    assert script("restore-drill.sh", service, into).returncode != 0


def test_only_so_many_backups_are_kept(service, tmp_path):
    into = tmp_path / "backups"
    for day in range(1, 5):
        (into / f"2026010{day}T000000Z").mkdir(parents=True)
    done = script("backup.sh", service, into, KEEP="2")
    assert sorted(p.name for p in into.iterdir()) == ["20260104T000000Z", Path(done.stdout.strip()).name]


def test_a_failure_leaves_nothing_that_looks_like_a_backup(service, tmp_path):
    into = tmp_path / "backups"
    done = script("backup.sh", service, into, DATABASE="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode != 0
    assert list(into.glob("*Z")) == []


def test_a_list_whose_key_was_destroyed_cannot_be_read_from_a_backup(service, tmp_path):
    from pyrage import DecryptError, decrypt, encrypt, x25519

    from likeforlike_web.worker.identity import read_identity
    from likeforlike_web.worker.keyring import Keyring, NoKey

    vault = service.vault()
    ring = Keyring(
        Path(vault["LIKEFORLIKE_VAULT_KEYRING"]), read_identity(Path(vault["LIKEFORLIKE_VAULT_IDENTITY"]))
    )
    public = ring.mint()
    uploads = Path(service.home.front()["LIKEFORLIKE_WEB_UPLOADS"])
    uploads.mkdir(exist_ok=True)
    content = encrypt(b"Ann Other", [x25519.Recipient.from_str(public)])
    (uploads / "1.age").write_bytes(content)
    made = backed_up(service, tmp_path / "backups")
    ring.destroy(public)
    restored = (made / "uploads" / "1.age").read_bytes()
    assert b"Ann" not in b"".join(p.read_bytes() for p in made.rglob("*") if p.is_file())
    with pytest.raises(NoKey):
        ring.open(public)
    with pytest.raises(DecryptError):
        decrypt(restored, [read_identity(Path(vault["LIKEFORLIKE_VAULT_IDENTITY"]))])
