"""What every spreadsheet needs that is written here: an OpenDocument writer, and names of columns."""

from likeforlike.spreadsheets.ods import write_ods

__all__ = ["write_ods"]
