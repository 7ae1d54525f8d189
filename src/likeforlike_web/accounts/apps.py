"""The app's name for Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and organisations."""

    name = "likeforlike_web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to sign-ins."""
        from likeforlike_web.accounts import signals  # noqa: F401
