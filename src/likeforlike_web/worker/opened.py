"""Opens an upload, in memory alone."""

from __future__ import annotations

from pathlib import Path

from pyrage import DecryptError, decrypt, x25519


class Unreadable(Exception):
    """The ciphertext is missing, damaged, or not encrypted to these keys."""


def read_upload(path: Path, *, lab: x25519.Identity, request: x25519.Identity) -> bytes:
    """The bytes that the provider sent.

    Raises
    ------
    Unreadable
        They cannot be had.
    """
    try:
        content: bytes = decrypt(decrypt(path.read_bytes(), [lab]), [request])
    except (OSError, DecryptError):
        raise Unreadable from None
    return content
