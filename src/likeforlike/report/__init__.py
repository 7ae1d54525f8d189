"""Stage 8: a release becomes words, charts and tables.

Everything printed comes from the `Release` and from two text files: the lab's `wording.toml` (sentences about
findings) and `text/en/` (the report's own words).
"""

from likeforlike.report.slots import check_wording
from likeforlike.report.words import headline
from likeforlike.report.write import report_files, write_report

__all__ = ["check_wording", "headline", "report_files", "write_report"]
