"""Entries by hash: what is found is what a dictionary would find, at both ends of the numbers too."""

import duckdb
import numpy as np
import pytest

from likeforlike.records.hash_index import HashIndex, entry_sql, number_bits

GREATEST = 2**64 - 1


def index(*entries: tuple[int, int], bits: int = 4) -> HashIndex:
    low = (1 << bits) - 1
    words = sorted((hashed & ~low) | number for hashed, number in entries)
    return HashIndex(np.array(words, dtype=np.uint64), bits)


def found(held: HashIndex, *hashes: int) -> list[tuple[int, int]]:
    which, numbers = held.numbers(held.find(np.array(hashes, dtype=np.uint64)))
    return list(zip(which.tolist(), numbers.tolist(), strict=True))


@pytest.mark.parametrize(
    ("largest", "bits"), [(0, 1), (1, 1), (2, 2), (3, 2), (4, 3), (255, 8), (256, 9), (2**40, 41)]
)
def test_bits_hold_the_largest_number(largest, bits):
    assert number_bits(largest) == bits
    assert largest < 1 << bits


def test_all_entries_of_a_hash_are_found_and_no_others():
    held = index((32, 3), (32, 9), (64, 1))
    assert found(held, 32) == [(0, 3), (0, 9)]
    assert found(held, 48) == []


def test_hashes_are_answered_in_the_order_they_were_asked_and_as_often():
    held = index((32, 3), (64, 1))
    assert found(held, 64, 32, 48, 64) == [(0, 1), (1, 3), (3, 1)]


def test_the_bits_of_the_number_are_no_part_of_the_hash():
    assert found(index((32, 3)), 32 + 15) == [(0, 3)]
    assert found(index((32, 3)), 31) == []


def test_the_same_entry_twice_is_found_twice():
    assert found(index((32, 3), (32, 3)), 32) == [(0, 3), (0, 3)]


@pytest.mark.parametrize("bits", [1, 22, 63])
def test_the_least_and_the_greatest_hash(bits):
    held = index((0, 0), (GREATEST, 1), bits=bits)
    assert found(held, 0) == [(0, 0)]
    assert found(held, GREATEST) == [(0, 1)]


def test_nothing_is_found_in_an_empty_index():
    held = index()
    assert found(held, 0, GREATEST) == []
    assert held.find(np.array([5], dtype=np.uint64)).length.tolist() == [0]


def test_nothing_is_found_for_no_hashes():
    assert found(index((32, 3))) == []


def test_numbers_are_signed_so_that_they_can_be_subtracted():
    _, numbers = index((32, 3)).numbers(index((32, 3)).find(np.array([32], dtype=np.uint64)))
    assert numbers.dtype == np.int64


@pytest.mark.parametrize("text", ["", "SMITH", "O'NEILL", "名前", "a\x1fb"])
def test_entries_that_duckdb_makes_are_found_by_the_hash_that_duckdb_gives(text):
    with duckdb.connect() as connection:
        sql = f"select {entry_sql('?::varchar', '1000003', 22)} as entry, hash(?::varchar) as hash"
        entry, hashed = connection.execute(sql, [text, text]).fetchall()[0]
    held = HashIndex(np.array([entry], dtype=np.uint64), 22)
    assert found(held, hashed) == [(0, 1_000_003)]


def test_entries_of_duckdb_come_in_the_order_of_the_index():
    with duckdb.connect() as connection:
        sql = f"select {entry_sql('v', 'n', 10)} as entry from (select i % 7 || '' as v, i as n from range(1000) r(i))"
        made = connection.sql(f"{sql} order by entry").fetchnumpy()["entry"]
        hashes = connection.sql("select hash(i || '') as h from range(7) r(i) order by i").fetchnumpy()["h"]
    assert made.dtype == np.uint64
    assert found(HashIndex(made, 10), int(hashes[3])) == [(0, n) for n in range(3, 1000, 7)]
