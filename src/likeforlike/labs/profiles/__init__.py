"""Rules of disclosure as data: each profile is a file that a lab may name and make stricter, never weaker."""

from likeforlike.labs.profiles.model import PROFILES, Rules
from likeforlike.labs.profiles.read import load_profile

__all__ = ["PROFILES", "Rules", "load_profile"]
