"""The ledger's folder: every answer in it, none changed, whatever happens while it is written."""

import json
import os
import stat
import threading
from datetime import date
from functools import partial

import numpy as np
import pytest

from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.disclosure.ledger.read import packed
from likeforlike.disclosure.ledger.submission import Claim, Draw, Submission
from likeforlike.disclosure.ledger.tokens import tokens_of
from likeforlike.errors import InputProblem

TODAY = date(2026, 1, 2)


def asked(span: range, study: str = "s", had: int = 20) -> Submission:
    everyone = np.array(span, dtype=np.uint64)
    return Submission("one", study, "2026-01-01", {"all": everyone}, (Claim("all", "r", had, had, "33%"),),
                      draws=(Draw("q", 20, 0.5),))  # fmt: skip


@pytest.fixture
def ledger(tmp_path) -> Ledger:
    return Ledger.at(tmp_path / "register" / "ledger")


def test_everything_is_for_its_owner_only(ledger):
    ledger.enter(asked(range(60)), b"bytes", TODAY)
    for path in (ledger.folder, *ledger.folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_the_key_stays_and_is_not_shown(ledger):
    assert len(ledger.key) == 32
    assert Ledger.at(ledger.folder).key == ledger.key
    assert repr(ledger.key) not in repr(ledger)
    assert len(tokens_of(["a"], ledger.key)) == 1


def test_the_same_again_gives_the_old_bytes_and_is_entered(ledger):
    first = ledger.enter(asked(range(60)), b"old", TODAY)
    for number in range(2, 5):
        again = ledger.enter(asked(range(60)), b"new %d" % number, TODAY)
        assert (again.release, again.verdict.outcome, again.entry.number) == (b"old", "repeat", number)
    assert first.release == b"old"
    assert ledger.decide(asked(range(60))).outcome == "repeat"
    assert len(ledger.entries()) == 4


def test_what_is_withdrawn_is_still_half_of_a_difference_and_still_known(ledger):
    ledger.enter(asked(range(60)), b"old", TODAY)
    entry = ledger.withdraw(1, "The wrong list.", TODAY)
    assert (entry.number, entry.what, entry.reason, entry.claims) == (2, "withdrawn", "The wrong list.", ())
    assert entry.groups == ledger.entries()[0].groups
    assert ledger.enter(asked(range(59), "t"), b"new", TODAY).entry.what == "refused"
    assert ledger.enter(asked(range(60)), b"new", TODAY).release == b"old"
    for number in (0, 2, 9):
        with pytest.raises(InputProblem, match="answered no request"):
            ledger.withdraw(number, "", TODAY)
    ledger.verify()


def test_a_refusal_gives_nothing_and_is_half_of_a_difference(ledger):
    ledger.enter(asked(range(60)), b"old", TODAY)
    refused = ledger.enter(asked(range(59), "t"), b"new", TODAY)
    assert (refused.release, refused.entry.what, refused.entry.release_sha256) == (None, "refused", "")
    assert ledger.enter(asked(range(58), "u"), b"new", TODAY).entry.what == "refused"
    ledger.enter_without(asked(range(100, 160), "v"), "withdrawn", "The provider asked for it.", TODAY)
    assert ledger.enter(asked(range(101, 160), "w"), b"new", TODAY).entry.what == "refused"
    assert [e.what for e in ledger.entries()] == ["released", "refused", "refused", "withdrawn", "refused"]
    with pytest.raises(ValueError, match="gate"):
        ledger.enter_without(asked(range(60)), "released", "", TODAY)


def test_what_was_entered_is_read_back(ledger):
    groups = {f"g{i}": np.arange(i, 200, dtype=np.uint64) for i in range(70)}
    many = Submission(
        "one", "s", "2026-01-01", groups, (Claim("g3", "r", 1, 5, "x"),), draws=(Draw("q", 2, 0.5),)
    )
    ledger.enter_without(many, "refused", "Somebody said so.", TODAY)
    (back,) = ledger.earlier()
    assert (back.entry.claims, back.entry.draws, back.entry.date) == (many.claims, many.draws, "2026-01-02")
    assert all((back.group(name) == tokens).all() for name, tokens in groups.items())
    nobody = Submission("one", "t", "2026-01-01", {"all": np.empty(0, dtype=np.uint64)})
    ledger.enter_without(nobody, "refused", "Nobody was found.", TODAY)
    assert len(ledger.earlier()[1].tokens) == 0
    assert ledger.decide(asked(range(500, 560))).outcome == "release"


def filled(ledger: Ledger) -> None:
    for number in range(4):
        ledger.enter(asked(range(100 * number, 100 * number + 60), str(number)), b"bytes %d" % number, TODAY)


def spoil_line(ledger, change):
    path = ledger.folder / "entries.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(change(lines)))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda lines: [lines[0].replace(b'"low":20', b'"low":10'), *lines[1:]], "Entry 1"),
        (lambda lines: [lines[0], *lines[2:]], "Entry 2"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "Entry 1"),
        (lambda lines: lines[:-1], "lost entries"),
        (lambda lines: [], "lost entries"),
        (lambda lines: [*lines, lines[-1]], "Entry 5"),
        (lambda lines: [*lines, b"[]\n"], "Entry 5"),
        (lambda lines: [*lines[:-1], b"\xff" + lines[-1]], "Entry 4"),
        (lambda lines: [*lines[:-1], lines[-1][:50]], "cut off"),
        (lambda lines: [*lines, b'{"number":'], "cut off"),
    ],
)
def test_a_changed_chain_is_refused_by_everything(ledger, change, sentence):
    filled(ledger)
    last = ledger.verify()
    assert last == ledger.entries()[-1].sha256
    spoil_line(ledger, change)
    for ask in (
        ledger.verify, ledger.entries, lambda: Ledger.at(ledger.folder),
        lambda: ledger.enter(asked(range(900, 960), "n"), b"x", TODAY),
    ):  # fmt: skip
        with pytest.raises(InputProblem, match=sentence):
            ask()


def test_what_the_sentence_about_a_cut_line_says_helps(ledger):
    filled(ledger)
    path = ledger.folder / "entries.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"number":5,"da')
    with pytest.raises(InputProblem, match="delete what stands after the last whole line"):
        ledger.verify()
    path.write_bytes(whole)
    ledger.verify()


@pytest.mark.parametrize("kind", ["people", "releases"])
@pytest.mark.parametrize("gone", [True, False])
def test_missing_and_changed_files_are_found(ledger, kind, gone):
    filled(ledger)
    path = sorted((ledger.folder / kind).iterdir())[0]
    if gone:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(InputProblem, match=kind):
        ledger.verify()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda f: (f / "key").unlink(), "no key"),
        (lambda f: (f / "key").write_bytes(b"x"), "cut off"),
        (lambda f: (f / "key").chmod(0o640), "chmod 600"),
        (lambda f: (f / "head.json").write_text("{"), "damaged"),
        (lambda f: (f / "head.json").unlink(), "do not fit"),
        (lambda f: (f / "head.json").write_text(json.dumps({"number": 4, "sha256": "x"})), "do not fit"),
    ],
)
def test_a_folder_that_is_not_whole_is_refused(ledger, spoil, sentence):
    filled(ledger)
    spoil(ledger.folder)
    with pytest.raises(InputProblem, match=sentence):
        Ledger.at(ledger.folder)


def run_until(step: int, work) -> int:
    """Do the work in a process that is killed before its n-th change of the disk; its exit code."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = step

    def guarded(change):
        def call(*given, **named):
            nonlocal left
            left -= 1
            if left < 0:
                os._exit(9)
            if change is write and left == 0:
                write(given[0], bytes(given[1])[: len(given[1]) // 2])
                os._exit(9)
            return change(*given, **named)

        return call

    write = os.write
    for name in ("write", "fsync", "replace", "rename", "open"):
        setattr(os, name, guarded(getattr(os, name)))
    try:
        work()
    finally:
        os._exit(0)


def test_killed_between_any_two_writes(tmp_path):
    """The ledger is whole afterwards, or says what to do about its last line; nothing entered is lost."""
    seen = set()
    for step in range(200):
        ledger = Ledger.at(tmp_path / str(step))
        ledger.enter(asked(range(60)), b"old", TODAY)
        code = run_until(step, partial(ledger.enter, asked(range(100, 160), "t"), b"new", TODAY))
        path = ledger.folder / "entries.jsonl"
        content = path.read_bytes()
        if not content.endswith(b"\n"):
            seen.add("torn")
            with pytest.raises(InputProblem, match="cut off"):
                Ledger.at(ledger.folder)
            path.write_bytes(content[: content.rindex(b"\n") + 1])
        entries = Ledger.at(ledger.folder).entries()
        seen.add(len(entries))
        ledger.verify()
        after = ledger.enter(asked(range(100, 160), "t"), b"later", TODAY)
        assert after.release == (b"new" if len(entries) == 2 else b"later")
        ledger.verify()
        if code == 0:
            break
    else:
        pytest.fail("it never came to an end")
    assert seen == {"torn", 1, 2}


def test_a_full_disk_leaves_the_ledger_as_it_was(ledger, monkeypatch):
    filled(ledger)
    before = (ledger.folder / "entries.jsonl").read_bytes()
    write = os.write

    def full(opened, content):
        if b'"number":5' in bytes(content):
            write(opened, bytes(content)[:30])
            raise OSError(28, "No space left on device")
        return write(opened, content)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(InputProblem, match="no space left on device"):
        ledger.enter(asked(range(900, 960), "n"), b"x", TODAY)
    monkeypatch.undo()
    assert (ledger.folder / "entries.jsonl").read_bytes() == before
    ledger.verify()


def test_two_at_once_are_decided_one_after_the_other(ledger):
    """Of two lists that differ by one, only one is let out."""
    answers = []

    def ask(number: int) -> None:
        answers.append(ledger.enter(asked(range(60 - number), str(number)), b"x", TODAY).entry.what)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["refused", "refused", "refused", "released"]
    ledger.verify()


def test_the_same_people_are_the_same_bytes():
    assert packed(asked(range(60)).people) == packed(asked(range(60)).people)
