"""A wire that breaks: a TCP relay in front of a server, which cuts where a test says."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Relay:
    """`cut_reply`: bytes of the reply let through on each connection; `cut_after`: bytes of both ways together.

    None = whole. `cuts` is how many connections were cut, `replies` the sizes of what the server answered on whole
    ones, `up` all bytes let through to the server, `cut_bytes` those of answers that were cut.
    """

    target: tuple[str, int]
    cut_reply: int | None = None
    cut_after: int | None = None
    cuts: int = 0
    up: int = 0
    cut_bytes: int = 0
    replies: list[int] = field(default_factory=list)
    url: str = ""

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        reply_left, left, size = self.cut_reply, self.cut_after, 0
        with near, socket.create_connection(self.target) as far, contextlib.suppress(OSError):
            ways = {near: far, far: near}
            while True:
                for source in select.select(list(ways), [], [])[0]:
                    sink, piece = ways[source], source.recv(65536)
                    if not piece:
                        self.replies.append(size)
                        return
                    limits = [limit for limit in (left, reply_left if source is far else None) if limit is not None]
                    kept = piece[: min(limits)] if limits else piece
                    sink.sendall(kept)
                    if source is near:
                        self.up += len(kept)
                    if source is far:
                        size += len(piece)
                        reply_left = None if reply_left is None else reply_left - len(kept)
                    left = None if left is None else left - len(kept)
                    if limits and min(limits) <= len(piece):
                        self.cuts += 1
                        self.cut_bytes += size
                        return


@contextlib.contextmanager
def relay(url: str, **cuts: int) -> Iterator[Relay]:
    """A relay in front of a server's address; `.url` is where a client goes."""
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    made = Relay((parts.hostname, parts.port), **cuts)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        made.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread = threading.Thread(target=made.serve, args=(listener,), daemon=True)
        thread.start()
        yield made
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()
