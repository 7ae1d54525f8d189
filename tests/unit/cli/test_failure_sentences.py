"""What goes wrong with files and folders is one sentence that a person can act on, with exit code 2."""

import errno
import signal

import duckdb
import polars as pl
import pytest
from pyarrow import parquet

from likeforlike.cli.failure import DISK, explain, status
from likeforlike.cli.stop import Stopped, Stops
from support.limits import no_file_above


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


FRAME = pl.DataFrame({"number": range(1000)})


@pytest.mark.parametrize(
    "write",
    [
        lambda file: file.write(b"x"),
        FRAME.write_parquet,
        FRAME.write_csv,
        lambda file: parquet.write_table(FRAME.to_arrow(), file),
    ],
    ids=["Python", "Parquet by polars", "CSV by polars", "pyarrow"],
)
def test_a_full_disk_as_each_library_tells_of_it(write):
    # opened here, for some libraries remove the path of a file that they could not write
    with open("/dev/full", "wb", buffering=0) as file, pytest.raises(Exception, match=r".") as failed:
        write(file)
    assert explain(failed.value) == (DISK[errno.ENOSPC], 2)


def test_a_file_that_may_not_grow(tmp_path):
    with no_file_above(100), pytest.raises(pl.exceptions.ComputeError) as failed:
        FRAME.write_parquet(tmp_path / "a.parquet")
    assert explain(failed.value) == (DISK[errno.EFBIG], 2)


def test_the_words_of_a_full_disk_in_other_errors_are_not_believed():
    assert explain(ValueError("No space left on device"))[1] == 1


def test_too_little_memory_for_a_query():
    connection = duckdb.connect(config={"memory_limit": "1MB", "temp_directory": ""})
    with pytest.raises(duckdb.OutOfMemoryException) as failed:
        connection.execute("select count(distinct range) from range(10_000_000)").fetchall()
    sentence, code = explain(failed.value)
    assert (code, "LIKEFORLIKE_MEMORY" in sentence) == (2, True)


@pytest.mark.parametrize(
    ("code", "word"), [(1, "failed"), (2, "problem"), (3, "refused"), (130, "stopped"), (143, "stopped")]
)
def test_every_exit_code_has_a_word_for_machines(code, word):
    assert status(code) == word
