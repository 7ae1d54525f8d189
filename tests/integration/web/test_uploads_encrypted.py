"""A list is encrypted while it arrives: plaintext is nowhere on the website's disk, and one key alone opens nothing."""

import io

import pytest
from django.conf import settings
from django.core.files.uploadhandler import StopUpload
from django.test import Client
from pyrage import DecryptError, decrypt, x25519

from likeforlike_web.actions import lists
from likeforlike_web.uploads import handler as handling
from likeforlike_web.uploads.encrypt import Hashed, Locks
from likeforlike_web.uploads.files import folder, path_of
from likeforlike_web.uploads.models import RequestKey, Upload, current_upload
from likeforlike_web.worker.opened import Unreadable, read_upload
from support.web_settings import LAB_KEY

CANARY = b"Zebediah Quxworthy"
CONTENT = (
    b"First name,Surname,Date of birth\n" + CANARY.replace(b" ", b",") + b",27/03/1990\n" + b"x" * 300_000
)


@pytest.fixture
def key(world):
    return x25519.Identity.generate()


@pytest.fixture
def case(world, key):
    case = world.filled_in()
    RequestKey.objects.filter(case=case).update(public=str(key.to_public()))
    return case


@pytest.fixture
def client(world):
    client = Client()
    client.force_login(world.provider)
    return client


@pytest.fixture(autouse=True)
def empty_folder():
    for path in folder().iterdir():
        path.unlink()


def send(client, case, content=CONTENT, name="list.csv", field="list"):
    return client.post(f"/requests/{case.pk}/upload/", _form(content, name, field))


def _form(content, name, field):
    file = io.BytesIO(content)
    file.name = name
    return {field: file}


def test_what_lies_on_the_disk_is_ciphertext(client, case, key):
    assert send(client, case).status_code == 302
    upload = current_upload(case)
    files = list(folder().iterdir())
    assert files == [path_of(upload.pk)]
    stored = files[0].read_bytes()
    assert CANARY.split()[0] not in stored
    assert stored.startswith(b"age-encryption.org/v1")
    assert (upload.size, upload.kind) == (len(CONTENT), "csv")
    assert read_upload(files[0], lab=LAB_KEY, request=key) == CONTENT


def test_one_key_alone_opens_nothing(client, case, key):
    send(client, case)
    path = path_of(current_upload(case).pk)
    stranger = x25519.Identity.generate()
    for lab, request in ((LAB_KEY, stranger), (stranger, key), (key, key), (LAB_KEY, LAB_KEY)):
        with pytest.raises(Unreadable):
            read_upload(path, lab=lab, request=request)
    with pytest.raises(DecryptError):
        decrypt(path.read_bytes(), [key])


def test_a_damaged_file_opens_nothing(client, case, key):
    send(client, case)
    path = path_of(current_upload(case).pk)
    damaged = bytearray(path.read_bytes())
    damaged[-100] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(Unreadable):
        read_upload(path, lab=LAB_KEY, request=key)


def test_nothing_opens_a_temporary_file(client, case, monkeypatch):
    """Not even while a large list comes in."""
    import tempfile

    def refuse(*args, **more):
        raise AssertionError("a temporary file was opened")

    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    assert send(client, case, CONTENT * 20).status_code == 302


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "list.csv", "The selected file is empty"),
        (CONTENT, "list.pdf", "must be a CSV, XLSX or ODS"),
        (CONTENT, "list", "must be a CSV, XLSX or ODS"),
        (CONTENT, "../../list.csv.exe", "must be a CSV, XLSX or ODS"),
    ],
)
def test_what_is_not_taken_is_said_and_leaves_nothing(client, case, content, name, sentence):
    before = current_upload(case)
    answer = send(client, case, content, name)
    page = answer.content.decode()
    assert sentence in page
    assert "Error: Upload your list" in page
    assert list(folder().iterdir()) == []
    assert current_upload(case) == before


def test_no_file_at_all(client, case):
    assert "Select a list" in client.post(f"/requests/{case.pk}/upload/", {}).content.decode()


def test_too_large(client, case, monkeypatch):
    monkeypatch.setattr(handling, "LARGEST", 100_000)
    assert "smaller than 50MB" in send(client, case).content.decode()
    assert list(folder().iterdir()) == []


def test_far_too_large_is_cut_off(client, case, monkeypatch):
    monkeypatch.setattr(handling, "LARGEST", 10_000)
    handler = handling.EncryptingHandler(str(LAB_KEY.to_public()))
    handler.new_file("list", "list.csv", "text/csv", None, None, None)
    for start in range(0, 40_000, 10_000):
        handler.receive_data_chunk(b"x" * 10_000, start)
    with pytest.raises(StopUpload):
        handler.receive_data_chunk(b"x" * 10_000, 40_000)
    assert list(folder().iterdir()) == []


def test_a_full_disk_is_said_and_leaves_nothing(client, case, monkeypatch):
    def full(self, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Hashed, "write", full)
    assert "could not be uploaded" in send(client, case).content.decode()
    assert list(folder().iterdir()) == []


def test_an_interrupted_upload_leaves_nothing():
    handler = handling.EncryptingHandler(str(LAB_KEY.to_public()))
    handler.new_file("list", "list.csv", "text/csv", None, None, None)
    handler.receive_data_chunk(CONTENT, 0)
    handler.upload_interrupted()
    assert list(folder().iterdir()) == []


def test_the_form_must_be_ours(world, case):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.provider)
    before = current_upload(case)
    assert send(client, case).status_code == 403
    assert current_upload(case) == before


@pytest.mark.parametrize("person", ["stranger", "analyst", "administrator"])
def test_nobody_else_uploads(world, case, person):
    client = Client()
    client.force_login(getattr(world, person))
    assert send(client, case).status_code in (302, 403, 404)
    assert list(folder().iterdir()) == []


def test_other_forms_take_no_file(client, case):
    client.post(f"/requests/{case.pk}/message/", {"text": "Hello", **_form(CONTENT, "list.csv", "list")})
    assert list(folder().iterdir()) == []


def test_the_name_of_the_file_is_not_kept(client, case):
    send(client, case, name="Zebediah.csv")
    everything = repr(list(Upload.objects.values())) + repr([p.name for p in folder().iterdir()])
    assert "Zebediah" not in everything


def test_without_a_key_made_ready_nothing_is_taken(world, client):
    case = world.filled_in()
    RequestKey.objects.filter(case=case).update(case=None, destroyed="2026-01-01T00:00:00Z")
    answer = send(client, case)
    assert answer.status_code == 403
    assert lists.NO_KEY in answer.content.decode()


def test_locks_inside_one_another_keep_every_byte(tmp_path):
    keys = [x25519.Identity.generate() for _ in range(3)]
    with (tmp_path / "file").open("wb") as file:
        locks = Locks(file, [str(key.to_public()) for key in keys])
        for size in (0, 1, 70_000, 3, 200_000):
            locks.write(b"y" * size)
        locks.close()
    content = (tmp_path / "file").read_bytes()
    for key in reversed(keys):
        content = decrypt(content, [key])
    assert content == b"y" * 270_004


def test_the_lab_key_is_the_settings(client, case):
    assert str(LAB_KEY.to_public()) == settings.LAB_PUBLIC_KEY
