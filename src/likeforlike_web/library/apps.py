"""The app's name for Django."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """The public library."""

    name = "likeforlike_web.library"
    label = "library"
