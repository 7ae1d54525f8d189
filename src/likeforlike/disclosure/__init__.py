"""Stage 7: nothing leaves the vault but a release, and a release holds only protected figures."""

from likeforlike.disclosure.protect import refuse, release
from likeforlike.disclosure.release import Release

__all__ = ["Release", "refuse", "release"]
