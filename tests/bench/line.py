"""A network in miniature: a TCP relay that counts bytes, waits as a far line does, and breaks where it is told.

Waiting is real: bytes leave at the rate of the line, one after another in each direction, and arrive half a round trip
later; a new connection costs one round trip. TLS and lost packets are not imitated.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

_BITE = 2048
_Piece = tuple[float, bytes]


@dataclass
class Line:
    """`round_trip` in seconds, `rate` in bits a second each way (0: no waiting), `cut`: bytes both ways a connection.

    `up`, `down`: bytes that came through; `cuts`: connections broken; `requests`: HTTP/1.1 requests seen.
    """

    target: tuple[str, int]
    round_trip: float = 0.0
    rate: int = 0
    cut: int = 0
    url: str = ""
    up: int = 0
    down: int = 0
    cuts: int = 0
    requests: int = 0

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        time.sleep(self.round_trip)
        with near, socket.create_connection(self.target) as far, contextlib.suppress(OSError):
            left = [self.cut or 1 << 60]
            back = threading.Thread(target=self._one_way, args=(far, near, left, False), daemon=True)
            back.start()
            self._one_way(near, far, left, True)
            back.join()

    def _one_way(self, source: socket.socket, sink: socket.socket, left: list[int], goes_up: bool) -> None:
        """Read, wait for the line to be free, hand over to who delivers it half a round trip later."""
        on_the_way: queue.SimpleQueue[_Piece | None] = queue.SimpleQueue()
        delivers = threading.Thread(target=_deliver, args=(on_the_way, sink), daemon=True)
        delivers.start()
        free = time.monotonic()
        with contextlib.suppress(OSError):
            while left[0] > 0 and (piece := source.recv(_BITE if self.rate else 1 << 16)):
                piece = piece[: left[0]]
                left[0] -= len(piece)
                if goes_up:
                    self.up += len(piece)
                    self.requests += piece.count(b" HTTP/1.1\r\n")
                else:
                    self.down += len(piece)
                free = max(free, time.monotonic()) + (len(piece) * 8 / self.rate if self.rate else 0.0)
                time.sleep(max(0.0, free - time.monotonic()))
                on_the_way.put((free + self.round_trip / 2, piece))
        on_the_way.put(None)
        delivers.join()
        if left[0] <= 0:
            self.cuts += goes_up  # each way passes here; one connection is one cut
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def _deliver(on_the_way: queue.SimpleQueue[_Piece | None], sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while waiting := on_the_way.get():
            arrives, piece = waiting
            if arrives > time.monotonic():
                time.sleep(arrives - time.monotonic())
            sink.sendall(piece)


@contextlib.contextmanager
def line(url: str, *, round_trip: float = 0.0, rate: int = 0, cut: int = 0) -> Iterator[Line]:
    """A line to a server; `.url` is where a client goes."""
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    made = Line((parts.hostname, parts.port), round_trip, rate, cut)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        made.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread = threading.Thread(target=made.serve, args=(listener,), daemon=True)
        thread.start()
        yield made
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()
