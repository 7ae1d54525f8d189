"""Would the result stand if the comparison had been made otherwise, or if something unseen were at work?"""

from likeforlike.checks.check import Check, Finding, Verdict
from likeforlike.checks.evidence import Evidence
from likeforlike.checks.negative_control import Control
from likeforlike.checks.result import Checks
from likeforlike.checks.run import CHECKS, checks_of, run_checks, with_controls

__all__ = [
    "CHECKS",
    "Check",
    "Checks",
    "Control",
    "Evidence",
    "Finding",
    "Verdict",
    "checks_of",
    "run_checks",
    "with_controls",
]
