"""The app's name for Django."""

from django.apps import AppConfig


class MailsConfig(AppConfig):
    """Mails that wait, and their wording."""

    name = "likeforlike_web.mails"
    label = "mails"
