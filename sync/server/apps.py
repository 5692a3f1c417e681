"""Tells Django that this package is an application with models."""

from __future__ import annotations

from django.apps import AppConfig


class Province(AppConfig):
    """The provincial server."""

    name = "sync.server"
    label = "province"
    default_auto_field = "django.db.models.BigAutoField"
