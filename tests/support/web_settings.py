"""The website's settings for tests: everything from an environment that is written here."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from pyrage import x25519

from likeforlike_web.settings.common import django_settings
from likeforlike_web.settings.environment import read_shared

# a browser that another test left open runs an event loop in this thread, which Django would take for its own
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
HOME = Path(tempfile.mkdtemp(prefix="likeforlike-web-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
LAB_KEY = x25519.Identity.generate()
ENVIRONMENT = {
    "LIKEFORLIKE_WEB_SECRET": "only for tests " * 4,
    "LIKEFORLIKE_WEB_HOSTS": "localhost,127.0.0.1",
    "LIKEFORLIKE_WEB_DATABASE": os.environ.get(
        "LIKEFORLIKE_TEST_DATABASE", f"sqlite:///{HOME / 'db.sqlite3'}"
    ),
    "LIKEFORLIKE_WEB_UPLOADS": str(HOME / "uploads"),
    "LIKEFORLIKE_WEB_KEY": str(LAB_KEY.to_public()),
    "LIKEFORLIKE_WEB_MAIL": str(HOME / "mail"),
    "LIKEFORLIKE_WEB_HTTP": "yes",
}
globals().update(django_settings(read_shared(ENVIRONMENT)))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
