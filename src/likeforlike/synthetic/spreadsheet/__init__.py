"""The provider's list of participants, as providers write it."""

from likeforlike.synthetic.spreadsheet.listing import listed_people
from likeforlike.synthetic.spreadsheet.write import write_programme

__all__ = ["listed_people", "write_programme"]
