"""With `--json`, a command that fails says so on standard output too, as one object."""

import json
import signal

import pytest

from support.cohorts import cohort_file, people
from support.command import likeforlike

COMMANDS = {
    "check": ["check", "none.csv", "--lab", "justice"],
    "run": ["run", "--lab", "justice", "--register", "none", "--cohort", "none.csv", "--out", "out"],
    "run without its options": ["run"],
    "demo": ["demo", "--lab", "none"],
    "template": ["template", "none"],
    "synth": ["synth", "none"],
    "register build": ["register", "build", "--lab", "justice", "--from", "none", "--to", "register"],
    "register verify": ["register", "verify", "--register", "none"],
    "an unknown option": ["template", "justice", "--outt", "x"],
    "a missing argument": ["synth"],
}


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_a_problem(capsys, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    said = likeforlike(capsys, *arguments, "--json")
    assert said.code == 2
    assert json.loads(said.out) == {"status": "problem", "message": said.err.strip(), "exit_code": 2}
    assert likeforlike(capsys, *arguments).out == ""


def test_a_failure_on_our_side(capsys, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Zebedeequux")

    monkeypatch.setattr("likeforlike.intake.write_templates", broken)
    said = likeforlike(capsys, "template", "justice", "--json")
    told = json.loads(said.out)
    assert (said.code, told["status"], told["exit_code"]) == (1, "failed", 1)
    assert told["message"] == said.sentence
    assert "Zebedeequux" not in said.out


@pytest.fixture
def heard():
    """Both signals are heard, also where the tests run in the background and an interrupt is ignored."""
    before = {n: signal.signal(n, signal.default_int_handler) for n in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("library", ["lets it pass", "makes an interrupt of it", "makes an error of it"])
def test_a_command_that_was_stopped(capsys, monkeypatch, number, code, library):
    def stopped(*_: object, **__: object) -> None:
        try:
            signal.raise_signal(number)
        except BaseException:
            if library == "makes an interrupt of it":
                raise KeyboardInterrupt from None
            if library == "makes an error of it":
                raise RuntimeError("Query interrupted") from None
            raise

    monkeypatch.setattr("likeforlike.intake.write_templates", stopped)
    said = likeforlike(capsys, "template", "justice", "--json")
    assert json.loads(said.out) == {"status": "stopped", "message": said.sentence, "exit_code": code}
    assert (said.code, said.sentence.startswith("Stopped.")) == (code, True)


def test_a_refusal(capsys, twin, tmp_path):
    strangers = [row | {"pnc_id": "", "prison_id": "", "surname": "Zzyxqqv"} for row in people(70)]
    file = cohort_file(tmp_path / "a.csv", strangers)
    said = likeforlike(capsys, "run", "--lab", "justice", "--register", twin.register, "--cohort", file,
                       "--out", tmp_path / "out", "--json")  # fmt: skip
    told = json.loads(said.out)
    assert (said.code, told["status"], told["exit_code"]) == (3, "refused", 3)
    assert "too few people" in told["message"]
