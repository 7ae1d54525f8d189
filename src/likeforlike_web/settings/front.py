"""Settings of the website."""

from likeforlike_web.settings.common import django_settings
from likeforlike_web.settings.environment import read_front

globals().update(django_settings(read_front()))
