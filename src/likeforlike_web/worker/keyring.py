"""Keys of requests: made ready in advance, sealed to the lab's key, and destroyed one by one.

The folder is not backed up: a backup of all else cannot be read once a key is gone from here.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from pyrage import DecryptError, decrypt, encrypt, x25519

from likeforlike.files import to_disk

BLOCK = 4_096


class NoKey(Exception):
    """The key was destroyed, or its file is damaged."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """The folder, and the lab's key that opens what is in it."""

    folder: Path
    lab: x25519.Identity

    def mint(self) -> str:
        """Make a key and give its public half; it is on disk before anybody hears of it."""
        identity = x25519.Identity.generate()
        public = str(identity.to_public())
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sealed = encrypt(str(identity).encode(), [self.lab.to_public()])
        opened = os.open(self._file(public), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        to_disk(self.folder)
        return public

    def open(self, public: str) -> x25519.Identity:
        """The private half.

        Raises
        ------
        NoKey
            It is not there, or not to be opened.
        """
        try:
            return x25519.Identity.from_str(decrypt(self._file(public).read_bytes(), [self.lab]).decode())
        except (OSError, DecryptError, ValueError):
            raise NoKey from None

    def destroy(self, public: str) -> bool:
        """Write over a key and take it away; whether there was one."""
        path = self._file(public)
        try:
            with path.open("r+b") as file:
                length = path.stat().st_size
                file.write(os.urandom(max(length, BLOCK)))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            return False
        to_disk(self.folder)
        return True

    def _file(self, public: str) -> Path:
        return self.folder / f"{hashlib.sha256(public.encode()).hexdigest()}.age"
