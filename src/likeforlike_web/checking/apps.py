"""The app's name for Django."""

from django.apps import AppConfig


class CheckingConfig(AppConfig):
    """Pages of output checkers."""

    name = "likeforlike_web.checking"
    label = "checking"
