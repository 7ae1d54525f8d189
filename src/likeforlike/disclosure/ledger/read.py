"""Reads the ledger's folder, and believes nothing that is not as it was written."""

from __future__ import annotations

import hashlib
import io
import json
import stat
from pathlib import Path

import numpy as np

from likeforlike.disclosure.ledger.entry import Earlier, Entry
from likeforlike.disclosure.ledger.submission import People
from likeforlike.disclosure.ledger.write import ENTRIES, HEAD, KEY, KEY_BYTES, MARK, PEOPLE, RELEASES
from likeforlike.errors import InputProblem

WORD = 64
TORN = (
    "The last line of the ledger's 'entries.jsonl' is cut off, and nothing was released for it: "
    "delete what stands after the last whole line, then try again."
)
CHANGED = "Entry %s of the ledger is not as it was written: take the ledger from a backup."
SHORT = "The ledger has lost entries: take it from a backup."
LOST = "What entry %s of the ledger names in the folder '%s' is missing or changed: take it from a backup."


def read_key(folder: Path) -> bytes:
    """The lab's secret.

    Raises
    ------
    InputProblem
        It is missing or cut off, or others than its owner may read it.
    """
    try:
        open_to = stat.S_IMODE((folder / KEY).stat().st_mode) & 0o077
        key = (folder / KEY).read_bytes()
    except OSError:
        raise InputProblem("The ledger's file 'key' cannot be read: take it from a backup.") from None
    if open_to:
        raise InputProblem("Others may read the ledger's file 'key': let only its owner, with chmod 600.")
    if len(key) != KEY_BYTES:
        raise InputProblem("The ledger's file 'key' is cut off: take it from a backup.")
    return key


def read_entries(folder: Path) -> list[Entry]:
    """The whole chain.

    Raises
    ------
    InputProblem
        A line is cut off or changed, or entries are missing.
    """
    path = folder / ENTRIES
    content = path.read_bytes() if path.exists() else b""
    if content and not content.endswith(b"\n"):
        raise InputProblem(TORN)
    found: list[Entry] = []
    for number, line in enumerate(content.splitlines(), start=1):
        try:
            entry = Entry.after(found[-1] if found else None, json.loads(line))
        except (ValueError, TypeError, KeyError):
            entry = None
        if entry is None:
            raise InputProblem(CHANGED % number)
        found.append(entry)
    _check_head(folder, found)
    return found


def read_earlier(folder: Path, entries: list[Entry]) -> list[Earlier]:
    """Entries with their people."""
    return [_with_people(folder, entry) for entry in entries]


def read_release(folder: Path, entry: Entry) -> bytes:
    """The bytes that left.

    Raises
    ------
    InputProblem
        They are missing, or other bytes.
    """
    return _read(folder, RELEASES, entry.release_sha256, entry)


def packed(people: People) -> bytes:
    """A table of whole numbers: the token, then a bit for each group."""
    count, groups = people.members.shape
    words = -(-groups // WORD)
    bits = np.zeros((count, words * WORD), dtype=bool)
    bits[:, :groups] = people.members
    masks = np.packbits(bits, axis=1, bitorder="little").view("<u8").reshape(count, words)
    file = io.BytesIO()
    np.save(file, np.column_stack([people.tokens, masks]).astype("<u8"))
    return file.getvalue()


def _with_people(folder: Path, entry: Entry) -> Earlier:
    table = np.load(io.BytesIO(_read(folder, PEOPLE, entry.tokens_sha256, entry)), allow_pickle=False)
    masks = np.ascontiguousarray(table[:, 1:]).view(np.uint8)
    members = np.unpackbits(masks, axis=1, bitorder="little")[:, : len(entry.groups)].astype(bool)
    return Earlier(entry, np.ascontiguousarray(table[:, 0]).astype(np.uint64), members)


def _read(folder: Path, kind: str, name: str, entry: Entry) -> bytes:
    try:
        content = (folder / kind / name).read_bytes()
    except OSError:
        raise InputProblem(LOST % (entry.number, kind)) from None
    if hashlib.sha256(content).hexdigest() != name:
        raise InputProblem(LOST % (entry.number, kind))
    return content


def _check_head(folder: Path, entries: list[Entry]) -> None:
    """The head is the last entry, or the one before it where a run was killed between the two."""
    try:
        said = json.loads((folder / HEAD).read_bytes())
        number, sha256 = int(said["number"]), str(said["sha256"])
    except FileNotFoundError:
        number, sha256 = 0, ""
    except (ValueError, KeyError, TypeError):
        raise InputProblem("The ledger's file 'head.json' is damaged: take it from a backup.") from None
    if not 0 <= number <= len(entries) or (not entries and _was_used(folder)):
        raise InputProblem(SHORT)
    if len(entries) - number > 1 or (number and entries[number - 1].sha256 != sha256):
        raise InputProblem("The ledger's entries and its 'head.json' do not fit: take both from one backup.")


def _was_used(folder: Path) -> bool:
    """Whether more lies there than what a run leaves that was killed before its first entry."""
    lists = [path for path in (folder / PEOPLE).glob("*") if not path.name.startswith(".")]
    return len(lists) > 1 or any((folder / RELEASES).glob("*"))


def read_mark(register: Path) -> str:
    """Which ledger has the answers from a register, by its name; empty if none has."""
    try:
        return (register / MARK).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
