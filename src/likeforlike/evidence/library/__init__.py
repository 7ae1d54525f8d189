"""What has been released so far: results of many programmes, and requests that never became one."""

from likeforlike.evidence.library.library import Library
from likeforlike.evidence.library.published import library_of
from likeforlike.evidence.library.read import read_library

__all__ = ["Library", "library_of", "read_library"]
