"""HTML pages become PDFs that assistive software can read."""

from likeforlike.printing.printers import printers

__all__ = ["printers"]
