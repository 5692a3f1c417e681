"""Every address of the server."""

from __future__ import annotations

from django.urls import path

from sync.server.web import wire

urlpatterns = [
    path("enrol/v1", wire.enrol),
    path("sync/v1", wire.sync),
]
