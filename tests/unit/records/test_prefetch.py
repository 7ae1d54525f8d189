"""Places of a file asked for at once: whole pages, close ones together; and an index that looks where they are."""

import itertools
import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from likeforlike.records.hash_index import HashIndex
from likeforlike.records.prefetch import GAP, LONGEST, PAGE, Prefetch, merged, random_access


def ranges(*places):
    start, stop = (np.array(side, dtype=np.int64) for side in zip(*places, strict=True))
    return merged(start, stop).tolist()


def test_places_become_whole_pages():
    assert ranges((5, 6)) == [[0, PAGE]]
    assert ranges((PAGE - 1, PAGE + 1)) == [[0, 2 * PAGE]]


def test_close_places_are_read_as_one_and_far_ones_apart():
    far = PAGE + GAP + PAGE
    assert ranges((0, 1), (PAGE + GAP, PAGE + GAP + 1)) == [[0, PAGE + GAP + PAGE]]
    assert ranges((far, far + 1), (0, 1)) == [[0, PAGE], [far, far + PAGE]]


def test_long_ranges_are_cut_and_empty_ones_left_out():
    assert ranges((0, 2 * LONGEST + 1), (7, 7)) == [
        [0, LONGEST],
        [LONGEST, 2 * LONGEST],
        [2 * LONGEST, 2 * LONGEST + PAGE],
    ]
    assert ranges((7, 7)) == []


@given(st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 9_000)), min_size=1, max_size=30))
def test_every_place_is_within_a_range_and_ranges_do_not_overlap(places):
    found = ranges(*((start, start + size) for start, size in places))
    covered = {page for low, high in found for page in range(low // PAGE, high // PAGE)}
    assert {p // PAGE for s, n in places for p in range(s, s + n)} <= covered
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(found))


def test_asking_changes_nothing_and_a_missing_file_is_not_its_business(tmp_path):
    path = tmp_path / "words.bin"
    words = np.arange(10_000, dtype=np.uint64)
    words.tofile(path)
    for file in (path, tmp_path / "gone.bin"):
        Prefetch(file, 8).ask(np.array([0, 9_000]), np.array([3, 9_500]))
        Prefetch(file, 8).cached()
    mapped = np.memmap(path, np.uint64, "r")
    random_access(mapped)
    assert (mapped == words).all()


@pytest.mark.skipif(not hasattr(os, "RWF_NOWAIT"), reason="the system cannot say what is cached")
def test_what_was_just_written_is_cached(tmp_path):
    path = tmp_path / "words.bin"
    np.arange(100_000, dtype=np.uint64).tofile(path)
    assert Prefetch(path, 8).cached()


class Cold:
    """A prefetch of a file that is not in the page cache; remembers what was asked for."""

    def __init__(self):
        self.pages = set()

    def cached(self):
        return False

    def ask(self, start, stop):
        for low, high in zip(start.tolist(), stop.tolist(), strict=True):
            self.pages |= set(range(low * 8 // PAGE, -(-high * 8 // PAGE)))


words = st.one_of(st.integers(0, 2**64 - 1), st.integers(0, 40), st.integers(2**64 - 40, 2**64 - 1))


@given(st.lists(words, max_size=2_000), st.lists(words, max_size=30), st.integers(1, 8))
def test_guessing_finds_what_bisection_finds(entries, asked, bits):
    held = np.sort(np.array(entries, dtype=np.uint64))
    hashes = np.array([*asked, *entries[:20]], dtype=np.uint64)
    warm, cold = (HashIndex(held, bits, p).find(hashes) for p in (None, Cold()))
    assert warm.start.tolist() == cold.start.tolist()
    assert warm.length.tolist() == cold.length.tolist()


def test_entries_that_are_not_spread_evenly_are_found_too():
    held = np.sort((np.random.default_rng(1).random(300_000) ** 9 * 2.0**63).astype(np.uint64))
    hashes = held[::97]
    warm, cold = (HashIndex(held, 4, p).find(hashes) for p in (None, Cold()))
    assert (warm.start == cold.start).all()
    assert (warm.length == cold.length).all()


def test_a_look_up_reads_a_few_pages_for_each_value():
    """Bisection would touch about nine pages for each of them, and the kernel would read megabytes around each."""
    held = np.sort(np.random.default_rng(2).integers(0, 2**63, 3_000_000, dtype=np.uint64) * np.uint64(2))
    asked, cold = held[:: 3_000_000 // 200], Cold()
    found = HashIndex(held, 10, cold).find(asked)
    assert found.length.min() >= 1
    assert len(cold.pages) <= 4 * len(asked)
