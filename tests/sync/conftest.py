"""The real server, for the tests of the exchange."""

from tests.server.running import postgres, server

__all__ = ["postgres", "server"]
