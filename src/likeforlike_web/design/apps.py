"""The app's name for Django."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Base templates, style and response headers."""

    name = "likeforlike_web.design"
    label = "design"
