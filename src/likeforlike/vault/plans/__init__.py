"""Which plans were sealed for a list, in what order, and whether outcomes had been opened before."""

from likeforlike.vault.plans.files import SealedPlans

__all__ = ["SealedPlans"]
