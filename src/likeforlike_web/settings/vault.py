"""Settings of the worker: the website's, and what opens uploads."""

from likeforlike_web.settings.common import django_settings
from likeforlike_web.settings.environment import read_shared, read_vault

globals().update(django_settings(read_shared()))
VAULT = read_vault()
