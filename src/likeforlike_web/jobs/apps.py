"""The app's name for Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The queue of work for the vault."""

    name = "likeforlike_web.jobs"
    label = "jobs"
