"""What an effect is worth in money: break-even first, then ranges, never a single number."""

from likeforlike.evidence.money.read import read_prices
from likeforlike.evidence.money.worth import Worth, worth
from likeforlike.evidence.money.write import write_worth

__all__ = ["Worth", "read_prices", "worth", "write_worth"]
