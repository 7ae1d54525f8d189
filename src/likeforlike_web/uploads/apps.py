"""The app's name for Django."""

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    """Encrypted uploads and the keys of requests."""

    name = "likeforlike_web.uploads"
    label = "uploads"
