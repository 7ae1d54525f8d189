"""The app's name for Django."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    """Pages of whoever runs the lab."""

    name = "likeforlike_web.custody"
    label = "custody"
