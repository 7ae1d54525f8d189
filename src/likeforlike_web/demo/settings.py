"""Settings of the made-up service's website: the real ones, and links by which its made-up people sign in."""

from likeforlike_web.settings.common import django_settings
from likeforlike_web.settings.environment import read_front

globals().update(django_settings(read_front()))
ROOT_URLCONF = "likeforlike_web.demo.urls"
