"""The app's name for Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Keys of programs, and the addresses they ask."""

    name = "likeforlike_web.api"
    label = "api"
