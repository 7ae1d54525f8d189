"""The app's name for Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Requests and what is done with them."""

    name = "likeforlike_web.cases"
    label = "cases"
