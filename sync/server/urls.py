"""Every address of the server."""

from __future__ import annotations

from django.urls import path

from sync.server.web import api, wire

urlpatterns = [
    path("enrol/v1", wire.enrol),
    path("sync/v1", wire.sync),
    path("api/v1/sign-in", api.sign_in),
    path("api/v1/inbox", api.list_inbox),
    path("api/v1/submissions/<str:id_>", api.show),
    path("api/v1/submissions/<str:id_>/accept", api.accept),
    path("api/v1/submissions/<str:id_>/return", api.send_back),
]
