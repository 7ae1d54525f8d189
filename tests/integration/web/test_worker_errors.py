"""Whatever a child says or does not say, a request ends at a state that is legal, with a sentence for staff."""

import pytest

from likeforlike.vault.write import BUSY
from likeforlike_web.cases.models import Case, Result
from likeforlike_web.cases.states import State
from likeforlike_web.jobs.models import Job
from likeforlike_web.jobs.queue import GIVEN_UP
from likeforlike_web.settings.environment import Vault
from likeforlike_web.uploads.models import RequestKey, UploadState, current_upload
from likeforlike_web.worker import carry_out
from likeforlike_web.worker.identity import make_identity, read_identity
from likeforlike_web.worker.keyring import Keyring
from likeforlike_web.worker.loop import one_job

SECRET = "Zebediah Quxworthy"
RESULT = {
    "kind": "result",
    "status": "refused",
    "headline": "No.",
    "release": "{}",
    "sha256": "c" * 64,
    "green": True,
}


@pytest.fixture
def vault(tmp_path):
    make_identity(tmp_path / "lab.key")
    folders = {name: tmp_path / name for name in ("keyring", "folder", "ledger")}
    return Vault(identity=tmp_path / "lab.key", registers={"justice": tmp_path}, stage_memory=1, **folders)


@pytest.fixture
def case(world, vault):
    case = world.case_at(State.RUNNING)
    ring = Keyring(vault.keyring, read_identity(vault.identity))
    RequestKey.objects.filter(case=case).update(public=ring.mint())
    return case


@pytest.fixture
def child(monkeypatch, vault):
    """Says what it is told to, one thing after the other."""
    monkeypatch.setattr(carry_out, "PAUSE", 0)
    lines = []

    def run_child(task, *, begun, started):
        assert "AGE-SECRET-KEY" not in repr(task)
        assert task.study.engine == vault.engine
        assert task.study.ledger == (vault.ledger / "justice").resolve()
        line = lines.pop(0) if len(lines) > 1 else lines[0]
        if isinstance(line, BaseException):
            raise line
        return line

    monkeypatch.setattr(carry_out, "run_child", run_child)
    return lines


def work_until_nothing_waits(vault):
    for _ in range(10):
        if not one_job("worker", vault):
            return
    raise AssertionError("the job is never given up")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            [{"kind": "problem", "sentence": "The list was made for another lab."}],
            "The list was made for another lab.",
        ),
        ([{"kind": "failed", "sentence": "Something failed on our side."}], "Something failed on our side."),
        ([{"kind": "memory"}], carry_out.MEMORY),
        ([{"kind": "died"}], GIVEN_UP),
        ([{"kind": "problem", "sentence": BUSY}], GIVEN_UP),
        ([ValueError(SECRET)], GIVEN_UP),
    ],
    ids=["problem", "failed", "memory", "died", "busy", "our own mistake"],
)
def test_an_analysis_that_cannot_go_on(case, vault, child, caplog, lines, sentence):
    child += lines
    work_until_nothing_waits(vault)
    job = Job.objects.get(case=case, kind="run")
    assert (Case.objects.get(pk=case.pk).where, job.state, job.error) == (State.STOPPED, "failed", sentence)
    assert not Result.objects.exists()
    assert SECRET not in caplog.text + repr(list(Job.objects.values()))


def test_dying_twice_is_no_end(case, vault, child):
    child += [{"kind": "died"}, {"kind": "died"}, {**RESULT, "files": {"report.html": "eA=="}}]
    work_until_nothing_waits(vault)
    assert Case.objects.get(pk=case.pk).where is State.DRAFTED
    assert bytes(Result.objects.get().files.get().content) == b"x"


def test_getting_on_between_deaths_is_no_end(case, vault, child):
    for stage in ("linkage", "followup", "matching", "outcomes"):
        child += [{"kind": "died"}, {"kind": "stage", "stage": stage, "seconds": 1.0}]
    child.append({**RESULT, "files": {}})
    work_until_nothing_waits(vault)
    assert Case.objects.get(pk=case.pk).where is State.DRAFTED


def test_a_stop_that_was_asked_for_puts_the_job_back(case, vault, child):
    child += [KeyboardInterrupt()]
    for _ in range(5):
        with pytest.raises(KeyboardInterrupt):
            one_job("worker", vault)
    job = Job.objects.get(case=case, kind="run")
    assert (job.state, job.attempts) == ("queued", 0)


@pytest.mark.parametrize("line", [{"kind": "failed", "sentence": "x"}, {"kind": "memory"}, {"kind": "died"}])
def test_a_check_that_cannot_go_on(world, vault, child, line):
    from likeforlike_web.actions import lists

    case = world.case_at(State.DRAFT)
    ring = Keyring(vault.keyring, read_identity(vault.identity))
    RequestKey.objects.filter(case=case).update(public=ring.mint())
    lists.match_columns(case.pk, {}, by=world.provider)
    child.append(line)
    work_until_nothing_waits(vault)
    upload = current_upload(case)
    assert upload.where is UploadState.UNREADABLE
    assert upload.found["sentence"]


def test_without_a_register_nothing_is_begun(case, vault, child):
    vault.registers.clear()
    work_until_nothing_waits(vault)
    assert Job.objects.get(case=case, kind="run").error == carry_out.NO_REGISTER


def test_a_key_that_is_gone(case, vault, child):
    for path in vault.keyring.iterdir():
        path.unlink()
    work_until_nothing_waits(vault)
    assert Case.objects.get(pk=case.pk).where is State.STOPPED
