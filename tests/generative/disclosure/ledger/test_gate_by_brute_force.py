"""The gate against trying every possible outcome of everybody, in worlds small enough for that."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from likeforlike.disclosure.ledger.atoms import atoms_of
from likeforlike.disclosure.ledger.entry import Earlier, entry_of
from likeforlike.disclosure.ledger.exchange import all_open
from likeforlike.disclosure.ledger.gate import decide
from likeforlike.disclosure.ledger.joint import Said, told_by_all
from likeforlike.disclosure.ledger.possible import CannotTell, Program
from likeforlike.disclosure.ledger.submission import Claim, Submission

PEOPLE, FEW = 11, 3
WORLDS = np.array(list(product([0, 1], repeat=PEOPLE)))
"""Every possible outcome of everybody."""


def tokens(places) -> np.ndarray:
    return np.array(sorted(places), dtype=np.uint64)


def few_told(lists, ranges) -> bool:
    """Whether any people in the lists, fewer than a few, are told about; by trying everything."""
    table = np.array([[p in each for p in range(PEOPLE)] for each in lists])
    sums = WORLDS @ table.T
    left = WORLDS[((sums >= [low for low, _ in ranges]) & (sums <= [high for _, high in ranges])).all(axis=1)]
    listed = np.flatnonzero(table.any(axis=0))
    for count in range(1, FEW):
        for people in combinations(listed, count):
            total = left[:, people].sum(axis=1)
            if total.min() > 0 or total.max() < count:
                return True
    return False


def worlds():
    """Lists, the truth, and how widely each answer is rounded."""
    some = st.sets(st.integers(0, PEOPLE - 1), min_size=1)
    return st.tuples(
        st.lists(st.tuples(some, st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=5),
        st.lists(st.integers(0, 1), min_size=PEOPLE, max_size=PEOPLE),
    )


def ranges_of(asked, truth):
    found = []
    for people, below, above in asked:
        had = sum(truth[p] for p in people)
        found.append((max(had - below, 0), min(had + above, len(people))))
    return found


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_the_audit_is_exact(world):
    asked, truth = world
    lists, ranges = [people for people, _, _ in asked], ranges_of(asked, truth)
    said = [Said(i, low, high) for i, (low, high) in enumerate(ranges)]
    told = told_by_all(atoms_of([tokens(each) for each in lists]), said, FEW)
    assert bool(told) == few_told(lists, ranges)


@given(worlds(), st.lists(st.booleans(), min_size=5, max_size=5))
@settings(max_examples=60, deadline=None)
def test_what_is_let_out_tells_nothing_of_a_few(world, refused_by_hand):
    asked, truth = world
    ledger, out = [], []
    for number, ((people, _, _), (low, high)) in enumerate(
        zip(asked, ranges_of(asked, truth), strict=True), start=1
    ):
        new = Submission(
            "org",
            str(number),
            "2026",
            {"all": tokens(people)},
            (Claim("all", "had", low, high),),
            threshold=FEW,
        )
        verdict = decide(ledger, new, str(number))
        released = verdict.outcome == "release" and not refused_by_hand[number - 1]
        after = ledger[-1].entry if ledger else None
        entry = entry_of(new, "released" if released else "refused", "", date="2026-01-01",
                         tokens_sha256=str(number), release_sha256="", after=after)  # fmt: skip
        if verdict.outcome == "release":
            for earlier in ledger:
                mine, theirs = set(people), set(earlier.tokens.tolist())
                assert not mine & theirs or all(
                    len(d) not in range(1, FEW) for d in (mine - theirs, theirs - mine)
                )
        ledger.append(Earlier(entry, new.people.tokens, new.people.members))
        if released:
            out.append((people, (low, high)))
            assert not few_told([p for p, _ in out], [r for _, r in out])


@given(worlds())
@settings(max_examples=25, deadline=None)
def test_who_else_is_asked_about_first_opens_nothing(world):
    """The order of lists changes no verdict of the audit."""
    asked, truth = world
    lists, ranges = [tokens(people) for people, _, _ in asked], ranges_of(asked, truth)
    found = []
    for order in (range(len(lists)), reversed(range(len(lists)))):
        chosen = list(order)
        said = [Said(i, *ranges[place]) for i, place in enumerate(chosen)]
        found.append(bool(told_by_all(atoms_of([lists[place] for place in chosen]), said, FEW)))
    assert found[0] == found[1]


def test_contradictions_are_refused():
    lists = [tokens(range(8)), tokens(range(6))]
    with pytest.raises(CannotTell, match="contradict"):
        told_by_all(atoms_of(lists), [Said(0, 1, 1), Said(1, 5, 5)], FEW)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_the_short_cut_is_never_wrong(seed):
    """Large lists with people of their own: what is settled at once is what the search says too."""
    rng = np.random.default_rng(seed)
    sizes = {"a": 7, "b": 7, "ab": int(rng.integers(1, 3)), "ca": int(rng.integers(0, 3)), "c": 5}
    ends = np.cumsum(list(sizes.values()))
    part = dict(zip(sizes, np.split(np.arange(ends[-1]), ends[:-1]), strict=True))
    lists = [
        tokens(np.concatenate([part["a"], part["ab"], part["ca"]]).tolist()),
        tokens(np.concatenate([part["b"], part["ab"]]).tolist()),
        tokens(np.concatenate([part["c"], part["ca"]]).tolist()),
    ]
    truth = rng.random(ends[-1]) < rng.random()
    had = [int(truth[each.astype(int)].sum()) for each in lists]
    said = [Said(i, count, count) for i, count in enumerate(had)]
    atoms = atoms_of(lists)
    exact = np.array(list(product(*[range(size + 1) for size in atoms.size])))
    left = exact[(exact @ atoms.member.toarray().T == had).all(axis=1)]
    few = [s for s in product(*[range(min(size, FEW - 1) + 1) for size in atoms.size]) if 0 < sum(s) < FEW]
    bad = any(
        ((left > atoms.size - s).any(axis=1)).all() or ((left < s).any(axis=1)).all()
        for s in map(np.array, few)
    )
    assert bool(told_by_all(atoms, said, FEW, np.arange(3))) == bad


@given(st.lists(st.integers(1, 8), min_size=4, max_size=5), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_rooms_found_by_algebra_are_never_wrong(sizes, seed):
    """Lists that run on, each over three groups of people in a row: none has people of its own but at the ends."""
    ends = np.cumsum(sizes)
    parts = np.split(np.arange(ends[-1]), ends[:-1])
    lists = [tokens(np.concatenate(parts[i : i + 3]).tolist()) for i in range(len(sizes) - 2)]
    truth = np.random.default_rng(seed).random(ends[-1]) < 0.5
    had = np.array([int(truth[each.astype(int)].sum()) for each in lists])
    atoms = atoms_of(lists)
    program = Program(atoms.member, atoms.size, had, had)
    exact = np.array(list(product(*[range(size + 1) for size in atoms.size])))
    left = exact[(exact @ atoms.member.toarray().T == had).all(axis=1)]
    few = [s for s in product(*[range(min(size, FEW - 1) + 1) for size in atoms.size]) if 0 < sum(s) < FEW]
    bad = any(
        ((left > atoms.size - s).any(axis=1)).all() or ((left < s).any(axis=1)).all()
        for s in map(np.array, few)
    )
    assert not (all_open(program, atoms, np.arange(len(lists)), FEW - 1) and bad)


def test_rooms_are_found_where_no_list_has_people_of_its_own():
    lists = [tokens(range(20 * i, 20 * i + 60)) for i in range(4)]
    atoms = atoms_of(lists)
    program = Program(atoms.member, atoms.size, *2 * (np.array([30, 31, 29, 30]),))
    assert all_open(program, atoms, np.arange(4), 9)
    assert not all_open(program, atoms, np.arange(4), 11)
