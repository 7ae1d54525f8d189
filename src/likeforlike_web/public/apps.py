"""The app's name for Django."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Pages that anybody may read."""

    name = "likeforlike_web.public"
    label = "public"
