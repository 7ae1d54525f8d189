"""What checking a lab found: one sentence for each mistake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Checked:
    """A lab's folder, checked; no mistakes, and the lab can be used."""

    folder: str
    looked_at: tuple[str, ...]
    """What was checked, in words."""
    mistakes: tuple[str, ...]
    """A sentence each: file, key and remedy."""

    @property
    def ready(self) -> bool:
        return not self.mistakes

    def summary(self) -> str:
        """The mistakes, or what was looked at without finding one."""
        if self.mistakes:
            number = len(self.mistakes)
            head = f"{self.folder}: {number} {'mistake' if number == 1 else 'mistakes'}."
            return "\n".join([head, *(f"  {m}" for m in self.mistakes)])
        return "\n".join([f"{self.folder}: nothing to mend.", *(f"  {what}" for what in self.looked_at)])

    def to_dict(self) -> dict[str, Any]:
        """The same, ready for JSON."""
        return {"ready": self.ready, "looked_at": list(self.looked_at), "mistakes": list(self.mistakes)}
