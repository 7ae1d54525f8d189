"""The app's name for Django."""

from django.apps import AppConfig


class ProviderConfig(AppConfig):
    """The provider's journey."""

    name = "likeforlike_web.provider"
    label = "provider"
