"""The look-up in encrypted blocks of 4 KiB: only the blocks that are asked for are opened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from likeforlike.records.hash_index import HashIndex, Runs
from likeforlike.records.name_lines import NameLines

KEY = bytes(range(32))
BLOCK = 4096


class GcmBlocks:
    """A file in blocks of 4 KiB, each with its own tag; a changed byte is noticed."""

    def __init__(self, data: np.ndarray, path: Path) -> None:
        self.cipher = AESGCM(KEY)
        with path.open("wb") as file:
            for number, start in enumerate(range(0, len(data), BLOCK)):
                block = data[start : start + BLOCK].tobytes().ljust(BLOCK, b"\xff")
                file.write(self.cipher.encrypt(number.to_bytes(12, "little"), block, None))
        self.stored = np.memmap(path, np.uint8, "r").reshape(-1, BLOCK + 16)

    def fetch(self, blocks: np.ndarray) -> np.ndarray:
        names = [int(b).to_bytes(12, "little") for b in blocks]
        opened = [
            self.cipher.decrypt(n, self.stored[b].data, None) for n, b in zip(names, blocks, strict=True)
        ]
        return np.frombuffer(b"".join(opened), np.uint8)


class CtrBlocks:
    """A file under AES in counter mode, the key stream made in one call; a changed byte goes unnoticed."""

    def __init__(self, data: np.ndarray, path: Path) -> None:
        whole = np.full(-(-len(data) // BLOCK) * BLOCK, 0xFF, np.uint8)
        whole[: len(data)] = data
        self.ecb = Cipher(AES(KEY), ECB()).encryptor()
        (whole ^ self._stream(np.arange(len(whole) // BLOCK))).tofile(path)
        self.stored = np.memmap(path, np.uint8, "r").reshape(-1, BLOCK)

    def _stream(self, blocks: np.ndarray) -> np.ndarray:
        counters = np.zeros((len(blocks) * (BLOCK // 16), 2), np.uint64)
        counters[:, 0] = (blocks[:, None] * (BLOCK // 16) + np.arange(BLOCK // 16)).ravel()
        return np.frombuffer(self.ecb.update(memoryview(counters).cast("B")), np.uint8)

    def fetch(self, blocks: np.ndarray) -> np.ndarray:
        return self.stored[blocks].ravel() ^ self._stream(blocks)


class EncryptedIndex:
    """`HashIndex` over encrypted blocks; the first entry of each block is kept in memory, open."""

    def __init__(self, index: HashIndex, blocks: Any) -> None:
        self.bits, self.blocks = index.bits, blocks
        self.first = np.array(index.entries[:: BLOCK // 8])

    def find(self, hashes: np.ndarray) -> Runs:
        low = np.uint64((1 << self.bits) - 1)
        least = hashes & ~low
        start = np.maximum(np.searchsorted(self.first, least, "left") - 1, 0)
        end = np.maximum(np.searchsorted(self.first, least | low, "right") - 1, 0)
        between = [np.arange(s, e) for s, e in zip(start, end, strict=True) if e - s > 1]
        self.wanted = np.unique(np.concatenate([start, end, *between]))
        self.open = HashIndex(self.blocks.fetch(self.wanted).view(np.uint64), self.bits)
        return self.open.find(hashes)

    def numbers(self, runs: Runs) -> tuple[np.ndarray, np.ndarray]:
        return self.open.numbers(runs)


class EncryptedLines:
    """`NameLines` over encrypted blocks; where lines begin and end is stored open."""

    def __init__(self, lines: NameLines, blocks: Any) -> None:
        self.columns, self.offsets, self.blocks = lines.columns, lines.offsets, blocks

    def take(self, records: pl.Series) -> pl.DataFrame:
        chosen = records.to_numpy()
        start, end = self.offsets[chosen], self.offsets[chosen + 1]
        self.wanted = np.unique(np.concatenate([start // BLOCK, (end - 1) // BLOCK]))
        opened = self.blocks.fetch(self.wanted)
        place = np.searchsorted(self.wanted, start // BLOCK) * BLOCK + start % BLOCK
        length = end - start
        ends = np.cumsum(length)
        text = opened[np.arange(ends[-1]) + np.repeat(place - (ends - length), length)]
        found = NameLines(self.columns, np.concatenate([[0], ends]), text)
        return found.take(pl.Series("record", np.arange(len(chosen)))).with_columns(records.alias("record"))


def encrypted(lookup: Any, kind: type, folder: Path) -> Any:
    """The look-up with its two large files encrypted."""
    folder = folder / kind.__name__
    folder.mkdir()
    keys = EncryptedIndex(lookup.keys, kind(lookup.keys.entries.view(np.uint8), folder / "keys.bin"))
    names = EncryptedLines(lookup.names, kind(lookup.names.text, folder / "names.txt"))
    return replace(lookup, keys=keys, names=names)
