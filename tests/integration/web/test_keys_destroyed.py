"""Deletion is the end of a key: afterwards neither the list nor a backup of everything else can be read."""

import shutil

import pytest
from django.db import DatabaseError, transaction
from pyrage import x25519

from likeforlike.hashes import sha256_of
from likeforlike_web.actions import ending, lists
from likeforlike_web.audit.models import Event
from likeforlike_web.cases.models import Case
from likeforlike_web.cases.policies import NotAllowed
from likeforlike_web.cases.states import State
from likeforlike_web.settings.environment import Vault
from likeforlike_web.uploads.encrypt import Hashed, Locks
from likeforlike_web.uploads.files import path_of
from likeforlike_web.uploads.models import Receipt, RequestKey, UploadState, current_upload
from likeforlike_web.worker.identity import make_identity, read_identity
from likeforlike_web.worker.keyring import Keyring, NoKey
from likeforlike_web.worker.loop import make_keys_ready, one_job, remove_orphans
from likeforlike_web.worker.opened import Unreadable, read_upload

CONTENT = b"First name,Surname\nZebediah,Quxworthy\n"


@pytest.fixture
def vault(tmp_path):
    make_identity(tmp_path / "lab.key")
    folders = {name: tmp_path / name for name in ("keyring", "folder", "ledger")}
    return Vault(identity=tmp_path / "lab.key", registers={}, stage_memory=2_000, **folders)


@pytest.fixture
def ring(vault):
    return Keyring(vault.keyring, read_identity(vault.identity))


@pytest.fixture
def case(world, ring):
    """A request with a list whose key is in the vault."""
    case = world.filled_in()
    public = ring.mint()
    RequestKey.objects.filter(case=case).update(public=public)
    upload = current_upload(case)
    with path_of(upload.pk).open("wb") as file:
        locks = Locks(hashed := Hashed(file), [public, str(ring.lab.to_public())])
        locks.write(CONTENT)
        locks.close()
    type(upload).objects.filter(pk=upload.pk).update(ciphertext_sha256=hashed.sha256)
    return Case.objects.get(pk=case.pk)


def test_a_key_opens_what_it_locked(case, ring):
    key = ring.open(case.key.public)
    assert read_upload(path_of(current_upload(case).pk), lab=ring.lab, request=key) == CONTENT


def test_a_restored_backup_cannot_be_read(world, case, ring, vault, tmp_path):
    upload = current_upload(case)
    backup = tmp_path / "backup.age"
    shutil.copy(path_of(upload.pk), backup)
    public = case.key.public
    ending.delete_data(case.pk, "asked for", by=world.provider)
    assert one_job("worker", vault)
    with pytest.raises(NoKey):
        ring.open(public)
    assert not path_of(upload.pk).exists()
    # all that is left: the ciphertext, the lab's key, and every other key of the vault
    others = [ring.mint() for _ in range(3)]
    for request in [ring.lab, *(ring.open(other) for other in others)]:
        with pytest.raises(Unreadable):
            read_upload(backup, lab=ring.lab, request=request)


def test_there_is_a_receipt(world, case, vault):
    sha256 = current_upload(case).ciphertext_sha256
    ending.delete_data(case.pk, "asked for", by=world.provider)
    one_job("worker", vault)
    receipt = Receipt.objects.get(case=case)
    told = {
        "case": case.reference,
        "key": case.key.public,
        "at": receipt.at.isoformat(),
        "reason": "asked for",
        "ciphertexts": [sha256],
    }
    assert receipt.sha256 == sha256_of(told)
    assert Event.objects.filter(kind="request key destroyed", facts__contains=receipt.sha256).count() == 1
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        Receipt.objects.update(reason="x")


def test_what_the_check_found_goes_too(world, case, vault):
    ending.delete_data(case.pk, "asked for", by=world.provider)
    one_job("worker", vault)
    upload = case.uploads.get()
    assert (upload.where, upload.found) == (UploadState.DESTROYED, {})
    assert current_upload(case) is None


def test_a_request_takes_no_list_after_that(world, case, vault):
    ending.delete_data(case.pk, "asked for", by=world.provider)
    one_job("worker", vault)
    with pytest.raises(NotAllowed, match="destroyed"):
        lists.key_of(case.pk, world.provider)


def test_stages_of_the_study_go_too(world, case, vault):
    folder = vault.folder / str(case.pk)
    (folder / "study" / "linkage").mkdir(parents=True)
    ending.delete_data(case.pk, "asked for", by=world.provider)
    one_job("worker", vault)
    assert not folder.exists()


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.DECLINED])
def test_the_end_of_a_request_deletes_its_list(world, vault, state):
    case = world.case_at(state)
    while one_job("worker", vault):
        pass
    assert Receipt.objects.filter(case=case).exists()


def test_keys_wait_for_requests(db, vault, ring):
    assert make_keys_ready(vault, wanted=8) == 8
    assert make_keys_ready(vault, wanted=8) == 0
    public = RequestKey.objects.first().public
    assert str(ring.open(public).to_public()) == public
    assert len(list(vault.keyring.iterdir())) == 8


def test_a_key_is_sealed_to_the_labs(vault, ring):
    public = ring.mint()
    with pytest.raises(NoKey):
        Keyring(vault.keyring, x25519.Identity.generate()).open(public)
    assert all(b"AGE-SECRET-KEY" not in path.read_bytes() for path in vault.keyring.iterdir())


def test_orphans_both_ways(world, case, vault):
    from likeforlike_web.uploads.files import folder

    (folder() / "11111111-1111-4111-8111-111111111111.age").write_bytes(b"x")
    (folder() / "22222222-2222-4222-8222-222222222222.part").write_bytes(b"x")
    kept = path_of(current_upload(case).pk)
    assert remove_orphans(older_than=3_600) == 0
    assert remove_orphans(older_than=-1) >= 2
    assert kept.exists()
    kept.unlink()
    lists.match_columns(case.pk, {}, by=world.provider)
    assert one_job("worker", vault)
    upload = current_upload(case)
    assert upload.where is UploadState.UNREADABLE
    assert "cannot be opened" in upload.found["sentence"]
