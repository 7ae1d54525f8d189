"""The chain and the tree of the audit, against RFC 6962's own examples."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from likeforlike_web.audit.chain import GENESIS, Entry, first_broken
from likeforlike_web.audit.kinds import CATEGORY, Kind
from likeforlike_web.audit.merkle import Growing, consistency, included, inclusion, leaf_hash, root

LEAVES = [
    bytes.fromhex(x)
    for x in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    *("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",),
    *("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",),
    *("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
    *("aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",),
    *("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",),
    *("4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",),
    *("76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",),
    *("ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",),
    *("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",),
)
"""Heads of the trees over the first 0 to 8 of these leaves, as Certificate Transparency publishes them."""


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size):
    assert root(LEAVES[:size]).hex() == ROOTS[size]


leaves = st.lists(st.binary(max_size=8), min_size=1, max_size=40)


@given(leaves, st.data())
def test_every_leaf_can_be_shown_to_be_in(content, data):
    index = data.draw(st.integers(0, len(content) - 1))
    path, head = inclusion(index, content), root(content)
    assert included(content[index], index, len(content), path, head)
    assert not included(content[index] + b"x", index, len(content), path, head)
    assert not included(content[index], index, len(content), [*path, b"x" * 32], head)
    assert not included(content[index], len(content), len(content), path, head)


@given(leaves, st.data())
def test_an_earlier_head_can_be_shown_to_be_of_the_same_tree(content, data):
    """RFC 9162, section 2.1.4.2: both heads are worked out again from the proof."""
    earlier = data.draw(st.integers(1, len(content)))
    proof = consistency(earlier, content)
    if earlier == len(content):
        assert proof == []
        return
    if earlier & (earlier - 1) == 0:
        proof = [root(content[:earlier]), *proof]
    first, last = earlier - 1, len(content) - 1
    while first % 2:
        first, last = first >> 1, last >> 1
    old = new = proof[0]
    for step in proof[1:]:
        assert last > 0
        if first % 2 or first == last:
            old, new = _node(step, old), _node(step, new)
            while first % 2 == 0 and first:
                first, last = first >> 1, last >> 1
        else:
            new = _node(new, step)
        first, last = first >> 1, last >> 1
    assert (old, new, last) == (root(content[:earlier]), root(content), 0)


def _node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_a_leaf_is_no_node():
    assert leaf_hash(b"a" * 64) != _node(b"a" * 32, b"a" * 32)


def chain(length):
    entries, previous = [], GENESIS
    for number in range(1, length + 1):
        entry = Entry(number, "2026-01-01T00:00:00.000000Z", "user:1", "page viewed", "", "", "{}", previous)
        entries.append((entry, entry.sha256))
        previous = entry.sha256
    return entries


def test_a_whole_chain():
    assert first_broken(chain(5)) == ""
    assert first_broken([]) == ""


@pytest.mark.parametrize("field", ["at", "actor", "kind", "case", "subject", "facts"])
def test_a_changed_entry_is_found(field):
    entries = chain(5)
    entries[2] = (replace(entries[2][0], **{field: "x"}), entries[2][1])
    assert "Entry 3 was changed" in first_broken(entries)


def test_an_entry_written_anew_with_its_hash_is_found():
    entries = chain(5)
    changed = replace(entries[2][0], actor="user:2")
    entries[2] = (changed, changed.sha256)
    assert "Entry 4 does not follow" in first_broken(entries)


def test_a_missing_entry_is_found():
    entries = chain(5)
    del entries[2]
    assert first_broken(entries) == "Entry 3 is missing."


def test_every_kind_has_its_category_in_law():
    assert set(CATEGORY) == set(Kind)
    assert {"collection", "alteration", "consultation", "disclosure", "combination", "erasure"} < set(
        CATEGORY.values()
    )


def test_a_tree_that_grows_has_the_head_of_one_that_is_made_anew():
    growing, leaves = Growing(), []
    assert growing.root() == root([])
    for number in range(130):
        leaves.append(str(number).encode())
        growing.add(leaves[-1])
        assert (growing.size, growing.root()) == (len(leaves), root(leaves))
