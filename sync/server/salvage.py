"""A connection that breaks inside the body of a PUT of a content: what came is kept, as if it had been the body.

Waitress hands a request over when it is whole, and forgets one that is not; over a bad line that would send most
bytes twice.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import close_old_connections
from waitress.channel import HTTPChannel

from sync.link import MESSAGE_HEADER
from sync.protocol import Malformed

PATH = "/blob/v1/put"
_HEADER = MESSAGE_HEADER.upper().replace("-", "_")
log = logging.getLogger("socongdoan.wire")


class Channel(HTTPChannel):  # type: ignore[misc]
    """Waitress's connection, which looks once more at a half request before it goes."""

    request: Any

    def handle_close(self) -> None:
        half, self.request = self.request, None
        super().handle_close()
        if half is not None and half.headers_finished and not half.completed and half.path == PATH and half.body_rcv:
            body = half.body_rcv.getfile().read()
            if body:
                self.server.add_task(_Salvage(half.headers.get(_HEADER, ""), body))


class _Salvage:
    """A task as Waitress's threads run it."""

    def __init__(self, header: str, body: bytes) -> None:
        self._header, self._body = header, body

    def service(self) -> None:
        from sync.server.web import blobs

        close_old_connections()
        try:
            blobs.keep_cut(self._header, self._body)
        except Malformed as fault:
            log.warning("half a PUT: %s", fault)
        except Exception:  # one of Waitress's threads must not end by it
            log.exception("half a PUT")

    def cancel(self) -> Any:
        """The server ends; the PC sends these bytes again."""
