"""People of the twin: who they are, what they are called, where they live."""

from likeforlike.synthetic.people.make import describe, roots
from likeforlike.synthetic.people.read import World, read_world

__all__ = ["World", "describe", "read_world", "roots"]
