"""`wording.toml`: the sentences of the report."""

from __future__ import annotations

from likeforlike.labs.parts.base import Frozen


class Wording(Frozen):
    """Sentences of the report by slot: `wording.toml`; `{name}` places are filled by `report/words.py`."""

    sentence: dict[str, str]
    """Sentences by slot."""
    glossary: dict[str, str]
    """The lab's terms and their meanings."""
