"""Settings of the desk: the website's, other pages, and the folder of studies; no key is among them."""

from likeforlike_web.settings.common import django_settings
from likeforlike_web.settings.environment import read_desk, read_shared
from likeforlike_web.settings.site import DESK

_desk = read_desk()
globals().update(django_settings(read_shared(), DESK))
STUDIES = _desk.folder
WEBSITE = _desk.website
