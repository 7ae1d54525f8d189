"""The app's name for Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The record of what was done."""

    name = "likeforlike_web.audit"
    label = "audit"
