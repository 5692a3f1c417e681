"""The PCs of the union as the server listed them last: whom a packet may be sealed to, and who holds the lease."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from desktop_app.storage import enrolment
from desktop_app.storage.book import Book
from sync import protocol

if TYPE_CHECKING:
    from sync.messages import Certificate, Peer


def number(book: Book) -> int:
    """The number of the list that is held, 0 = none."""
    kept = book.about("peers")
    return int(msgspec.msgpack.decode(kept)[0]) if kept else 0


def known(book: Book) -> tuple[Peer, ...]:
    """Every PC of the union, this one too; none before the first exchange."""
    from sync.messages import Peer  # with its cryptography: the window need not wait for it

    kept = book.about("peers")
    return tuple(msgspec.convert(msgspec.msgpack.decode(kept)[1], tuple[Peer, ...])) if kept else ()


def devices(book: Book) -> list[str]:
    """The device ids of all of them, in the order they were enrolled."""
    kept = book.about("peers")
    return [peer["certificate"]["device"] for peer in msgspec.msgpack.decode(kept)[1]] if kept else []


def others(book: Book) -> tuple[Peer, ...]:
    """The other PCs that were not revoked."""
    return tuple(peer for peer in known(book) if peer.certificate.device != book.device and not peer.revoked)


def keep(book: Book, roster: int, peers: Sequence[Peer]) -> None:
    """Keep a list that the server signed; this PC's own lease is what it says, none if it is not in the list."""
    book.note("peers", protocol.canonical([roster, list(peers)]))
    enrolled = enrolment.of(book)
    own = next((peer for peer in peers if peer.certificate.device == book.device), None)
    lease = own.lease if own is not None and not own.revoked else 0
    if enrolled is not None and lease != enrolled.lease:
        enrolment.keep(book, replace(enrolled, lease=lease))


def note_own(book: Book, certificate: Certificate, signature: bytes, age: str) -> None:
    """This PC's keys changed: the list says so before the server sends the next one."""
    told = [
        replace(peer, certificate=certificate, certificate_sig=signature, age=age)
        if peer.certificate.device == book.device else peer
        for peer in known(book)
    ]  # fmt: skip
    if told:
        book.note("peers", protocol.canonical([number(book), told]))
