"""Settings of the made-up service's desk: the real ones, and links by which its made-up people sign in."""

from likeforlike_web.settings.common import django_settings
from likeforlike_web.settings.environment import read_desk, read_shared
from likeforlike_web.settings.site import DESK

_desk = read_desk()
globals().update(django_settings(read_shared(), DESK))
STUDIES = _desk.folder
WEBSITE = _desk.website
ROOT_URLCONF = "likeforlike_web.demo.desk_urls"
