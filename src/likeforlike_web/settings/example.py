"""Settings with an example's values, for tools that read the code: type checkers, and Django's `makemigrations`."""

from __future__ import annotations

from pathlib import Path

from likeforlike_web.settings.common import django_settings
from likeforlike_web.settings.environment import Vault, read_shared
from likeforlike_web.settings.site import Site

LABS: tuple[str, ...]
UPLOADS: Path
LAB_PUBLIC_KEY: str
VAULT: Vault | None
ROOT_URLCONF: str
SITE: Site
STUDIES: Path
WEBSITE: str
KEEP_DAYS: int
MAIL_TRANSPORT: str

globals().update(
    django_settings(
        read_shared(
            {
                "LIKEFORLIKE_WEB_SECRET": "an example, which no service that is in use may have",
                "LIKEFORLIKE_WEB_HOSTS": "lab.example",
                "LIKEFORLIKE_WEB_DATABASE": "sqlite:///example.sqlite3",
                "LIKEFORLIKE_WEB_UPLOADS": "uploads",
                "LIKEFORLIKE_WEB_KEY": "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
                "LIKEFORLIKE_WEB_MAIL": "mail",
            }
        )
    )
)
