"""The server's fixtures for every test of this folder."""

from __future__ import annotations

from tests.server.running import postgres, server

__all__ = ["postgres", "server"]
