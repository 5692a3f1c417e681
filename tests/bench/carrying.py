"""A file of 20 MB over a line that breaks every five seconds: bytes are counted, and the time follows from them."""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

from desktop_app.actions import carrying as files
from desktop_app.actions import sync
from desktop_app.storage import attachments, carrying, enrolment
from desktop_app.storage.book import Book, new_id
from sync import blobs
from sync.link import Link
from tests.server.running import running
from tests.sync.pcs import NAME, UNION, new_book
from tests.sync.relay import relay

SIZE = 20 << 20
ROUND_TRIP, LINE = 0.3, 512_000 / 8
BREAKS_EVERY = int(LINE * 5)
"""Seconds; bytes a second; bytes between two cuts (5 s of the line)."""


@dataclass(frozen=True)
class Carried:
    """Bytes that went up in all, cuts, and how long the line takes for them."""

    up: int
    cuts: int
    seconds: float


def carrying_up() -> Carried:
    """Send the file until it is there."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "server") as server:
        book = new_book(Path(folder) / "pc")
        try:
            sync.enrol(book, server.url, server.enrolment_code(UNION, NAME))
            with book.transact("voucher.attach", "Hoa") as transaction:
                attachments.keep(transaction, "voucher", new_id(), "ho-so.pdf", random.Random(1).randbytes(SIZE))
            with relay(server.url, cut_after=BREAKS_EVERY) as wire:
                requests = _send(book, wire.url)
                return Carried(wire.up, wire.cuts, wire.up / LINE + requests * ROUND_TRIP)
        finally:
            book.close()


def _send(book: Book, url: str) -> int:
    """Rounds until nothing waits; answers how many requests they took."""
    known, seed = enrolment.of(book), enrolment.seed(book)
    assert known is not None
    assert seed is not None
    asked = 0

    def go() -> bool:
        nonlocal asked
        asked += 1
        return True

    while carrying.waiting(book):
        link = Link(url)
        blobs.carry(link, files.Store(book), seed, known.server_key, go)
        link.close()
    return asked
