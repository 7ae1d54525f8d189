"""Clerical review: people look at the pairs in doubt, and what they decide corrects links and their quality."""

from likeforlike.linkage.clerical.inspect import inspect_links
from likeforlike.linkage.clerical.read import read_review, refuse_decided
from likeforlike.linkage.clerical.write import write_inspection

__all__ = ["inspect_links", "read_review", "refuse_decided", "write_inspection"]
