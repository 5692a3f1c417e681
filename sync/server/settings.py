"""Django's settings, made of two facts: the data folder and the database. No settings module, no environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import django
from django.conf import settings

from desktop_app.domain.errors import Refused
from sync.server import keys

BODY_LIMIT = 4 * 1024 * 1024
"""Bytes of one request of a desktop, as compressed on the wire."""

PACKET_LIMIT = 64 * 1024 * 1024
"""Bytes of a packet that staff sends by a browser; larger ones go into the watched folder."""


def configure(data: Path, database: str) -> None:
    """Make Django ready in this process. `database` is a URL; once per process."""
    settings.configure(**_settings(data, database))
    django.setup()


def database_settings(url: str) -> dict[str, Any]:
    """Django's way to say `sqlite:///FILE` or `postgresql://user:password@host:port/name`. Raises `Refused`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),  # as SQLAlchemy: sqlite:///a.db is here, sqlite:////a.db is /a.db
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    if parts.scheme in ("postgresql", "postgres") and parts.path.strip("/"):
        options: dict[str, Any] = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": str(options.pop("port", parts.port or "")),
            "OPTIONS": options,
            "CONN_MAX_AGE": 300,
            "CONN_HEALTH_CHECKS": True,
        }
    raise Refused(f"Chưa hiểu cơ sở dữ liệu “{url}”. Hãy viết sqlite:///ĐƯỜNG-DẪN hoặc postgresql://….")


def _settings(data: Path, database: str) -> dict[str, Any]:
    return {
        "DEBUG": False,
        "SECRET_KEY": keys.secret(data),
        "SERVER_DATA": data,
        "ALLOWED_HOSTS": ["*"],  # no address is ever built from the Host header
        "DATABASES": {"default": database_settings(database)},
        "INSTALLED_APPS": [
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "sync.server.apps.Province",
        ],
        "MIDDLEWARE": [
            "sync.server.web.headers.strict_headers",
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        "ROOT_URLCONF": "sync.server.urls",
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [Path(__file__).parent / "templates"],
                "OPTIONS": {
                    "builtins": ["sync.server.web.words", "sync.server.web.style"],
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ],
                },
            }
        ],
        "LANGUAGE_CODE": "vi",
        "TIME_ZONE": "Asia/Ho_Chi_Minh",
        "USE_TZ": True,
        "USE_I18N": True,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": BODY_LIMIT,
        "LOGIN_URL": "/vao/",
        "LOGIN_REDIRECT_URL": "/",
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
        "SESSION_COOKIE_AGE": 12 * 3600,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_FAILURE_VIEW": "sync.server.web.sign_in.stale_form",
        "SECURE_PROXY_SSL_HEADER": None,
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
            for name, options in (
                ("UserAttributeSimilarityValidator", {}),
                ("MinimumLengthValidator", {"min_length": 10}),
                ("CommonPasswordValidator", {}),
                ("NumericPasswordValidator", {}),
            )
        ],
        "LOGGING_CONFIG": None,
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    }
