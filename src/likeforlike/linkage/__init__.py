"""Stage 2: who on a provider's list is who in the register."""

from likeforlike.linkage.link import link
from likeforlike.linkage.links import Links
from likeforlike.linkage.train import train_model

__all__ = ["Links", "link", "train_model"]
