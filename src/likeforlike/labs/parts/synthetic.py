"""`synthetic.toml`: the lab's twin."""

from __future__ import annotations

from likeforlike.labs.parts.base import Frozen, Name


class Synthetic(Frozen):
    """The lab's twin: `synthetic.toml`; the history model's own parameters stay in `histories`."""

    model: Name
    """Name of the history model."""
    people: dict[str, object]
    """People and how they are recorded."""
    histories: dict[str, object]
    """Parameters of the history model."""
    programme: dict[str, object]
    """The programme, who joins it, and its effect."""
