"""A lab's twin: an invented world of people, histories and a programme whose true effect is known."""

from likeforlike.synthetic.facts import TwinFacts
from likeforlike.synthetic.read import Truth, is_twin, read_truth
from likeforlike.synthetic.twin import write_twin

__all__ = ["Truth", "TwinFacts", "is_twin", "read_truth", "write_twin"]
