"""Charts of a release: static SVG for a page and for a phone, each with a text alternative."""

from likeforlike.report.charts.balance import balance_figure
from likeforlike.report.charts.figure import Figure
from likeforlike.report.charts.flow import flow_figure
from likeforlike.report.charts.measure import measure_figure

__all__ = ["Figure", "balance_figure", "flow_figure", "measure_figure"]
