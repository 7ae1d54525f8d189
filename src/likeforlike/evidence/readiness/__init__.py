"""Whether a list is worth sending: what would likely be found, analysed and seen."""

from likeforlike.evidence.readiness.assess import Readiness, assess_list, assess_number
from likeforlike.evidence.readiness.page import readiness_page
from likeforlike.evidence.readiness.read import read_history
from likeforlike.evidence.readiness.write import write_readiness

__all__ = ["Readiness", "assess_list", "assess_number", "read_history", "readiness_page", "write_readiness"]
