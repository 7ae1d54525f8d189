"""Standing cohorts: a programme is registered once, people join every quarter, and its result is looked at again."""

from likeforlike.standing.files import Standing, declare

__all__ = ["Standing", "declare"]
