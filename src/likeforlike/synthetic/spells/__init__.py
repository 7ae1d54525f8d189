"""Lives as spells in states that a lab names: in work, on a benefit, in hospital."""

from likeforlike.synthetic.spells.model import SpellModel

__all__ = ["SpellModel"]
