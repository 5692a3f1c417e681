"""A book as the exchange with the province sees it, by wire or by packet."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

import msgspec

from desktop_app.storage import adopting, carrying, enrolment, incoming, journal, peers, proofs
from desktop_app.storage.book import Book
from sync import client, protocol
from sync.messages import KeyChange, Offer, Peer, Receipt, SyncReply


class Replica:
    """What `sync.client` asks of a book. `entities` are those that were touched, `notices` sentences about other PCs.
    `prove`: the server is to sign how far every chain goes, for much was read that came without its receipts.

    `by_hand`: replies come by packet, some days late; they say nothing of this PC's clock.
    """

    def __init__(self, book: Book, by_hand: bool = False) -> None:
        self._book, self._by_hand = book, by_hand
        self.union, self.device, self.roster = book.union_code, book.device, peers.number(book)
        known = enrolment.of(book)
        self.anchor, self.prove = known.anchor if known else 0, False
        self.changes: tuple[tuple[KeyChange, bytes], ...] = ()
        self.entities: set[str] = set()
        self.notices: list[str] = []

    def place(self) -> client.Place:
        standing = enrolment.standing(self._book)
        if adopting.is_due(self._book):  # reads only: its own chain may still be written anew
            return client.Place(standing.confirmed, standing.confirmed, standing.cursor, standing.page)
        return client.Place(enrolment.head(self._book), standing.confirmed, standing.cursor, standing.page)

    def pending(self, after: int, most: int) -> protocol.Batch:
        if adopting.is_due(self._book):
            prev = enrolment.hash_at(self._book, after)
            return protocol.Batch(after + 1, prev, prev, ())
        return enrolment.pending(self._book, after, most)

    def hash_at(self, dseq: int) -> bytes:
        return enrolment.hash_at(self._book, dseq)

    def receipt(self) -> tuple[Receipt | None, bytes | None]:
        kept = enrolment.standing(self._book).receipt
        if not kept:
            return None, None
        told, signature = msgspec.msgpack.decode(kept)
        return Receipt(**told), signature

    def take(self, reply: SyncReply, page: int) -> int:
        before, now = enrolment.standing(self._book), time.time_ns() // 1_000_000
        whole = reply.cursor[1] == reply.top
        level = whole and reply.confirmed == enrolment.head(self._book) and not adopting.is_due(self._book)
        standing = enrolment.Standing(
            confirmed=reply.confirmed,
            cursor=reply.cursor,
            receipt=protocol.canonical([reply.receipt, reply.receipt_sig]) if reply.receipt else before.receipt,
            synced=max(before.synced, reply.time if self._by_hand else now) if level else before.synced,
            page=page,
            offset=before.offset if self._by_hand else now - reply.time,
        )
        if before.cursor[0] not in (0, reply.epoch):
            carrying.ask_again(self._book)
        self.changes = reply.changes or self.changes
        if reply.proofs:
            proofs.keep(self._book, reply.epoch, reply.proofs)
        applied = incoming.apply(self._book, reply.ops, standing, whole, chains=dict(reply.chains))
        older = self._by_hand and reply.epoch == before.cursor[0] and reply.roster <= self.roster
        if reply.roster and not older:  # a stick may bring an old list after a newer one, and with it an old lease
            proofs.keep_certificates(self._book, reply.peers)
            self.notices += _news(peers.known(self._book), reply.peers, self.device)
            peers.keep(self._book, reply.roster, reply.peers)
            self.roster = reply.roster
        self.entities |= applied.entities
        return applied.entries

    def confirmed_only_to(self, dseq: int) -> None:
        enrolment.step(self._book, confirmed=dseq)

    def bears(self, page: int) -> None:
        enrolment.step(self._book, page=page)


class Refiller:
    """What `sync.refill` asks of a book."""

    def __init__(self, book: Book) -> None:
        self._book, self.union, self.device = book, book.union_code, book.device
        self.page = enrolment.standing(book).page

    def offers(self) -> Sequence[Offer]:
        return proofs.offers(self._book)

    def entries(self, device: str, after: int, upto: int, most: int) -> tuple[tuple[bytes, bytes | None], ...]:
        return journal.pending(self._book.db, device, self.union, after, most).ops[: upto - after]

    def settle(self, devices: Iterable[str]) -> None:
        proofs.settle(self._book, devices)


def _news(before: Sequence[Peer], now: Sequence[Peer], own: str) -> list[str]:
    """What is new about the other PCs of the union, as sentences."""
    known, told = {peer.certificate.device: peer for peer in before}, []
    for peer in now:
        device, old = peer.certificate.device, known.get(peer.certificate.device)
        if device == own or old is None:
            continue
        if peer.revoked and not old.revoked:
            told.append(f"LĐLĐ tỉnh đã thu hồi máy {device} của đơn vị.")
        if old.revoked and not peer.revoked:
            told.append(f"Máy chủ của tỉnh không còn ghi máy {device} đã bị thu hồi. Hãy báo cho LĐLĐ tỉnh.")
        if peer.dropped > old.dropped:
            count = peer.dropped - old.dropped
            told.append(f"LĐLĐ tỉnh không nhận {count} thay đổi mà máy {device} gửi sau khi bị thu hồi.")
    return told
