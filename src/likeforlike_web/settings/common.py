"""Django's settings as a function of what the environment says; hardened unless it serves this machine alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from likeforlike.errors import InputProblem
from likeforlike_web.settings.environment import Front
from likeforlike_web.settings.site import FRONT, Site

APPS = (
    *("design", "accounts", "mails", "audit", "cases", "uploads", "jobs", "provider", "public", "library"),
    *("desk", "checking", "custody", "api"),
)
TWO_HOURS, YEAR, DAY = 7_200, 31_536_000, 86_400
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
"""A write that cannot begin waits; what was committed stays when the machine stops."""


def django_settings(front: Front, site: Site = FRONT) -> dict[str, Any]:
    """Every setting of Django's that the service changes."""
    return (
        _core(front, site) | _security(front, site) | _sign_in(front, site) | _mail(front) | _own(front, site)
    )


def _core(front: Front, site: Site) -> dict[str, Any]:
    return {
        "SECRET_KEY": front.secret,
        "DEBUG": False,
        "ALLOWED_HOSTS": list(front.hosts),
        "ROOT_URLCONF": site.addresses,
        "WSGI_APPLICATION": "likeforlike_web.wsgi.application",
        "INSTALLED_APPS": [
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.humanize",
            "django.contrib.staticfiles",
            "django.forms",
            *(f"likeforlike_web.{app}" for app in APPS),
            "allauth",
            "allauth.account",
            "allauth.mfa",
            "allauth.usersessions",
        ],
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "likeforlike_web.design.headers.HeadersMiddleware",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "allauth.account.middleware.AccountMiddleware",
            "allauth.usersessions.middleware.UserSessionsMiddleware",
            "likeforlike_web.accounts.second_factor.SecondFactorMiddleware",
            "likeforlike_web.audit.refusals.RefusalsMiddleware",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                        "likeforlike_web.design.context.service",
                    ],
                    "builtins": ["likeforlike_web.design.templatetags.words"],
                },
            }
        ],
        "FORM_RENDERER": "likeforlike_web.design.forms.Renderer",
        "DATABASES": {"default": database(front.database)},
        # shared by all processes, so that limits of tries are
        "CACHES": {
            "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
        },
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "AUTH_USER_MODEL": "accounts.User",
        "LANGUAGE_CODE": "en-gb",
        "TIME_ZONE": "Europe/London",
        "USE_TZ": True,
        "STATIC_URL": "/static/",
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_MAX_AGE": DAY,
        "LOGGING": LOGGING,
        # a file is accepted by one view alone, which encrypts it
        "FILE_UPLOAD_HANDLERS": ["likeforlike_web.uploads.refuse.RefuseUploads"],
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 1_000_000,
    }


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"bare": {"()": "likeforlike_web.design.logs.WithoutContent"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["bare"]}},
    "root": {"handlers": ["lines"], "level": "WARNING"},
    "loggers": {"django.server": {"handlers": ["lines"], "level": "WARNING", "propagate": False}},
}
"""Lines to standard error; what a person typed or sent is never among them."""


def _security(front: Front, site: Site) -> dict[str, Any]:
    closed = not front.plain_http
    prefix = "__Host-" if closed else ""
    return {
        "SESSION_COOKIE_NAME": f"{prefix}{site.cookie}",
        "SESSION_COOKIE_SECURE": closed,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_AGE": TWO_HOURS,
        "SESSION_SAVE_EVERY_REQUEST": True,
        "CSRF_COOKIE_NAME": f"{prefix}csrf",
        "CSRF_COOKIE_SECURE": closed,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_FAILURE_VIEW": "likeforlike_web.public.errors.csrf",
        "SECURE_SSL_REDIRECT": closed,
        "SECURE_HSTS_SECONDS": 2 * YEAR if closed else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": closed,
        "SECURE_HSTS_PRELOAD": closed,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if closed else None,
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"django.contrib.auth.password_validation.{name}"}
            for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
        ]
        + [
            {
                "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
                "OPTIONS": {"min_length": 12},
            }
        ],
    }


def _sign_in(front: Front, site: Site) -> dict[str, Any]:
    return {
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "home",
        "ACCOUNT_LOGOUT_REDIRECT_URL": site.first,
        "ACCOUNT_ADAPTER": "likeforlike_web.accounts.adapter.InvitedOnly",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*", "password2*"],
        "ACCOUNT_SIGNUP_FORM_CLASS": "likeforlike_web.accounts.forms.NameForm",
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 900,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "http" if front.plain_http else "https",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_ADAPTER": "likeforlike_web.accounts.adapter.SecondFactors",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": front.plain_http,
        "MFA_TOTP_ISSUER": "Like for Like",
        "USERSESSIONS_TRACK_ACTIVITY": False,
        # counted by address alone: whoever tries another's password locks out nobody but themselves
        "ACCOUNT_RATE_LIMITS": {"login_failed": "5/m/ip,30/h/ip"},
        "ALLAUTH_TRUSTED_PROXY_COUNT": 0 if front.plain_http else 1,
    }


def _mail(front: Front) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "DEFAULT_FROM_EMAIL": front.sender,
        "SERVER_EMAIL": front.sender,
        # pages write into the outbox; the transport is the mailer's alone
        "EMAIL_BACKEND": "likeforlike_web.mails.backend.Outbox",
    }
    if not front.mail.startswith("smtp://"):
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return settings | {"MAIL_TRANSPORT": backend, "EMAIL_FILE_PATH": front.mail}
    parts = urlsplit(front.mail)
    return settings | {
        "MAIL_TRANSPORT": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_TIMEOUT": 30,
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or 587,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": True,
    }


def _own(front: Front, site: Site) -> dict[str, Any]:
    return {
        "SITE": site,
        "LABS": front.labs,
        "UPLOADS": front.uploads,
        "LAB_PUBLIC_KEY": front.public_key,
        "VAULT": None,
        "STUDIES": None,
        "KEEP_DAYS": front.keep_days,
    }


def database(url: str) -> dict[str, Any]:
    """Django's entry for a database.

    Raises
    ------
    InputProblem
        It is neither SQLite nor PostgreSQL.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and parts.path:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix("sqlite:///"),
            "OPTIONS": SQLITE,
        }
    if parts.scheme in ("postgresql", "postgres"):
        query = dict(pair.partition("=")[::2] for pair in parts.query.split("&") if pair)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.removeprefix("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.get("host", parts.hostname or "")),
            "PORT": str(parts.port or ""),
            "OPTIONS": {key: unquote(query[key]) for key in ("sslmode", "sslrootcert") if key in query},
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise InputProblem(
        "LIKEFORLIKE_WEB_DATABASE is no database we know: give sqlite:///path or postgresql://user@host/name."
    )
