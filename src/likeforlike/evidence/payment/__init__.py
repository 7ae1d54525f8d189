"""Payment by results: contracts as data, held against figures."""

from likeforlike.evidence.payment.pay import Payment, pay
from likeforlike.evidence.payment.read import read_contract, read_figures
from likeforlike.evidence.payment.write import write_payment

__all__ = ["Payment", "pay", "read_contract", "read_figures", "write_payment"]
