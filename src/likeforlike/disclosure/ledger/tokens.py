"""Who a list was about, in numbers that nobody can read without the lab's key."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Tokens = NDArray[np.uint64]
BYTES = 8
"""Of HMAC-SHA-256: among sixty million people, two share a token once in ten thousand registers."""


def tokens_of(persons: Iterable[str], key: bytes) -> Tokens:
    """The token of each person, each once and in order.

    Parameters
    ----------
    persons
        Names of persons in the records; of those not found, name and birth date in standard form.
    key
        The lab's secret.
    """
    digests = (hmac.digest(key, person.encode(), "sha256")[:BYTES] for person in persons)
    return np.unique(np.frombuffer(b"".join(digests), dtype=">u8").astype(np.uint64))
