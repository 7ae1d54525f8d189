"""The app's name for Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages of the lab's own people: requests, and the analyst's work."""

    name = "likeforlike_web.desk"
    label = "desk"
