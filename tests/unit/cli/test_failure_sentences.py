"""What goes wrong with files and folders is one sentence that a person can act on, with exit code 2."""

import signal

import pytest

from likeforlike.cli.failure import explain
from likeforlike.cli.stop import Stopped, Stops


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda folder: (folder / "file" / "x").mkdir(), "a file where a folder is needed"),
        (lambda folder: (folder / "file").mkdir(), "a file where a folder is needed"),
        (lambda folder: folder.read_text(), "a folder where a file is needed"),
    ],
    ids=["below a file", "in place of a file", "a folder as a file"],
)
def test_a_file_in_place_of_a_folder(tmp_path, act, words):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match=r".") as failed:
        act(tmp_path)
    sentence, code = explain(failed.value)
    assert words in sentence
    assert code == 2
    assert str(tmp_path) not in sentence


@pytest.mark.parametrize("number", [1, 13])
def test_what_may_not_be_written(number):
    assert explain(PermissionError(number, "said by the system", "secret"))[1] == 2


def test_a_signal_that_the_caller_ignores_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Stops() as stops:
            signal.raise_signal(signal.SIGHUP)
        assert stops.received == 0
        with pytest.raises(Stopped), stops:
            signal.raise_signal(signal.SIGTERM)
        assert stops.exit_code == 143
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
