"""The vault's folder: each finished stage of a study, so that an interrupted run goes on where it stopped."""

from likeforlike.vault.files import Vault
from likeforlike.vault.write import only_run

__all__ = ["Vault", "only_run"]
