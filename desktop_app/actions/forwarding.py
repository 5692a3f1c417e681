"""What another PC of the union wrote into a packet for this one goes to the province too, in that PC's signed words.

A PC that died after it had written such a packet, or was revoked, cannot send it itself; the province takes, or holds,
what this PC hands on. Nothing here could be altered on the way.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from desktop_app.storage.book import Book
from sync.client import Carrier
from sync.link import Cut
from sync.messages import SyncRequest

_FACT = "forward"
_MOST = 8 << 20
"""Bytes of messages that wait here; of more the latest packet counts."""


def keep(book: Book, device: str, said: Sequence[tuple[SyncRequest, bytes]]) -> None:
    """Hand these messages of a PC on at the next exchange, if the province was not heard to hold their entries."""
    found = book.db.execute("SELECT confirmed FROM devices WHERE device = ?", [device]).fetchone()
    shown = found[0] if found else 0
    fresh = [body for request, body in said if request.first + len(request.ops) - 1 > shown]
    if fresh and sum(map(len, fresh)) <= _MOST:
        book.note(_FACT, msgspec.msgpack.encode({**_waiting(book), device: fresh}))


def hand_on(book: Book, link: Carrier) -> int:
    """Send what waits to be handed on; answers how many messages. What is cut off waits for the next exchange."""
    waiting, sent = _waiting(book), 0
    for device, bodies in list(waiting.items()):
        try:
            for body in bodies:
                link.post("/sync/v1", body)
                sent += 1
        except Cut:
            continue
        del waiting[device]
        book.note(_FACT, msgspec.msgpack.encode(waiting) if waiting else b"")
    return sent


def _waiting(book: Book) -> dict[str, list[bytes]]:
    kept = book.about(_FACT)
    return msgspec.msgpack.decode(kept, type=dict[str, list[bytes]]) if kept else {}
