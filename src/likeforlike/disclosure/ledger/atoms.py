"""People who are in exactly the same lists: nothing that is said of the lists can tell them apart."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from likeforlike.disclosure.ledger.tokens import Tokens

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Atoms:
    """Classes of people by the lists they are in."""

    size: Ints
    """(atoms,) people."""
    member: csr_array
    """(lists, atoms), 1 where the atom's people are in the list."""


def atoms_of(lists: Sequence[Tokens]) -> Atoms:
    """Divide everybody in any of the lists; each list in order, each person once."""
    lengths = [len(tokens) for tokens in lists]
    person, which = np.unique(np.concatenate(lists), return_inverse=True)
    table = csr_array(
        (np.ones(len(which), dtype=np.int64), (which, np.repeat(np.arange(len(lists)), lengths))),
        shape=(len(person), len(lists)),
    )
    # lists of a person as one number: equal sums of random numbers mean equal lists. Nobody can choose lists whose sums
    # are equal, for the numbers follow from the tokens, which only the lab can make.
    seed = hashlib.sha256(b"".join(np.ascontiguousarray(tokens).tobytes() for tokens in lists)).digest()
    weight = np.random.default_rng(list(seed)).integers(1, 2**52, size=len(lists))
    _, first, size = np.unique(table @ weight, return_index=True, return_counts=True)
    return Atoms(size.astype(np.int64), csr_array(table[first].T))
