"""Hashes of values: equal values, equal hash, on every machine."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no white space: equal values give equal text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256_of(value: Any) -> str:
    """Hash of a JSON-ready value."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
