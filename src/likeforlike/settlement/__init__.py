"""What a contract pays where rounding decides: settled inside the vault, and let out through the ledger."""

from likeforlike.settlement.settle import settle

__all__ = ["settle"]
