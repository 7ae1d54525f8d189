"""Stage 9: many releases become evidence: what they say together, what they pay for, what they are worth.

It works over figures that have already been released, and knows nothing of the people behind them.
"""

from likeforlike.evidence.library import library_of, read_library
from likeforlike.evidence.money import read_prices, worth, write_worth
from likeforlike.evidence.payment import pay, read_contract, read_figures, write_payment
from likeforlike.evidence.readiness import (
    assess_list,
    assess_number,
    read_history,
    readiness_page,
    write_readiness,
)
from likeforlike.evidence.synthesis import synthesis_page, synthesise, write_synthesis
from likeforlike.evidence.together import together, write_together

__all__ = [
    "assess_list",
    "assess_number",
    "library_of",
    "pay",
    "read_contract",
    "read_figures",
    "read_history",
    "read_library",
    "read_prices",
    "readiness_page",
    "synthesis_page",
    "synthesise",
    "together",
    "worth",
    "write_payment",
    "write_readiness",
    "write_synthesis",
    "write_together",
    "write_worth",
]
