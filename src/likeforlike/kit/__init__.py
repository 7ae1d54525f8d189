"""For whoever makes a lab: a skeleton, checks of a folder, and the lab described."""

from likeforlike.kit.check import check_folder
from likeforlike.kit.describe import describe_lab
from likeforlike.kit.write import new_lab

__all__ = ["check_folder", "describe_lab", "new_lab"]
