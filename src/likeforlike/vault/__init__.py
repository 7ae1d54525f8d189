"""The vault's folder: each finished stage of a study, so that an interrupted run goes on where it stopped."""

from likeforlike.vault.files import Vault

__all__ = ["Vault"]
