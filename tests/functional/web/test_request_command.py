"""An organisation asks the lab by its own programs: the whole way from a file of answers to a request that was sent."""

import re

import pytest

from likeforlike.labs import load_lab
from likeforlike_web.demo.lists import tidy_lists, untidy
from support.command import likeforlike

ABOUT = """
lab = "justice"
[signatory]
name = "Sam Signer"
job = "Director"
email = "sam@charity.test"
[answers.contact]
name = "Grace"
email = "grace@charity.test"
[answers.name]
programme = "Northern Paths"
[answers.aim]
aim = "Fewer people go back to prison."
support = ["mentoring", "employment"]
[answers.intensity]
length = "12 weeks"
hours = "24"
setting = "community"
[answers.dates]
first = "2019-04-01"
last = "2022-03-31"
[answers.chosen]
eligible = "Anybody who was sentenced in the region."
chosen = "Probation officers refer them."
[answers.completion]
everyone = "yes"
"""


@pytest.fixture(scope="module")
def key(running, tmp_path_factory):
    path = tmp_path_factory.mktemp("program") / "key.txt"
    path.write_text(running.seed("key_of_a_program"))
    path.chmod(0o600)
    return path


@pytest.fixture
def ask(running, key, capsys):
    def run(verb, *arguments, key_file=key):
        to = f"http://localhost:{running.home.port}"
        return likeforlike(capsys, "request", verb, *arguments, "--to", to, "--key-file", str(key_file))

    return run


def test_a_request_is_made_filled_and_sent_from_the_command_line(ask, running, twin, tmp_path):
    about = tmp_path / "about.toml"
    about.write_text(ABOUT)
    said = ask("start", str(about))
    assert said.code == 0, said.err
    assert "Have the data sharing agreement signed: Waiting" in said.out
    reference = re.search(r"LFL-\w{4}-\w{4}", said.out)[0]

    (content,) = tidy_lists(twin.participants, load_lab("justice"), 1)
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_bytes(untidy(content))
    good.write_bytes(content)
    early = ask("list", reference, str(bad))
    assert early.code == 2
    assert "not signed yet" in early.sentence
    running.seed("signed", reference=reference)

    wrong = ask("list", reference, str(bad))
    assert wrong.code == 2
    assert "Must be put right" in wrong.out
    sent_early = ask("send", reference, "--declare")
    assert sent_early.code == 2
    right = ask("list", reference, str(good))
    if right.code == 2:
        assert "likeforlike request confirm" in right.sentence
        right = ask("confirm", reference, "--reason", "They are right.")
    assert right.code == 0, right.err
    assert "Add --declare" in ask("send", reference).sentence
    sent = ask("send", reference, "--declare")
    assert sent.code == 0, sent.err
    assert f"{reference}: Received." in sent.out
    nothing = ask("result", reference, "--out", str(tmp_path / "result"))
    assert nothing.code == 2
    assert "nothing to fetch yet" in nothing.sentence
    assert not (tmp_path / "result").exists()


def test_mistakes_are_one_sentence_each(ask, key, tmp_path, capsys):
    assert "no request LFL-0000-0000" in ask("status", "lfl-0000-0000").sentence
    open_to_all = tmp_path / "key.txt"
    open_to_all.write_text("lfl_x")
    open_to_all.chmod(0o644)
    assert "chmod 600" in ask("status", "LFL-1", key_file=open_to_all).sentence
    open_to_all.chmod(0o600)
    assert "Give a key that works" in ask("status", "LFL-1", key_file=open_to_all).sentence
    about = tmp_path / "about.toml"
    about.write_text("lab = ")
    assert "is not TOML" in ask("start", str(about)).sentence
    about.write_text('lab = "justice"\nprogramme = "x"')
    assert "and nothing else" in ask("start", str(about)).sentence
    assert "cannot be read" in ask("start", str(tmp_path / "none.toml")).sentence
    assert "beginning with https" in _at("ftp://lab.example.org", key, capsys).sentence
    assert "did not answer" in _at("http://localhost:1", key, capsys).sentence


def _at(address, key, capsys):
    return likeforlike(capsys, "request", "status", "LFL-1", "--to", address, "--key-file", str(key))
