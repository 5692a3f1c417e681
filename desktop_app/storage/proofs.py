"""The server's receipts for other devices' entries, so that a server put back to an old backup can have them again.

With each page the server signs how far it gave each device's chain. Where the server's epoch is a later one than such a
receipt's, and the server was not heard to hold as much, this book offers what it has (`sync.refill`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from desktop_app.storage import enrolment, journal
from desktop_app.storage.book import Book
from sync import protocol

if TYPE_CHECKING:
    from sync.messages import Offer, Peer

_PROOFS, _CERTIFICATES = "proofs", "certificates"


@dataclass(frozen=True)
class Proof:
    """A receipt without what the book itself knows. `settled`: the epoch in which the server needed it no more."""

    dseq: int
    epoch: int
    time: int
    signature: bytes
    settled: int = 0


def keep(book: Book, epoch: int, told: Iterable[tuple[str, int, int, bytes]]) -> None:
    """Keep the receipts of a page (device, number, time, signature); one for more entries is not replaced."""
    known = _known(book)
    before = dict(known)
    for device, dseq, time, signature in told:
        held = known.get(device)
        if held is None or dseq >= held.dseq:
            known[device] = Proof(dseq, epoch, time, signature)
    if known != before:
        book.note(_PROOFS, msgspec.msgpack.encode(known))


def keep_certificates(book: Book, peers: Sequence[Peer]) -> None:
    """Remember who the PCs of the union are: a restored server may have forgotten one."""
    kept = {**_certificates(book), **{peer.certificate.device: protocol.canonical(peer) for peer in peers}}
    book.note(_CERTIFICATES, msgspec.msgpack.encode(kept))


def offers(book: Book) -> list[Offer]:
    """What a server of the present epoch may lack, and this book has whole."""
    from sync.messages import Offer, Peer, Receipt

    epoch, made = enrolment.standing(book).cursor[0], []
    certificates = _certificates(book)
    for device, proof in _known(book).items():
        if max(proof.epoch, proof.settled) >= epoch or device == book.device:
            continue
        hash_ = journal.hash_at(book.db, device, book.union_code, proof.dseq) if _admitted(book, device) else b""
        if not hash_:
            continue
        receipt = Receipt(
            union=book.union_code, device=device, dseq=proof.dseq, hash=hash_, epoch=proof.epoch, time=proof.time
        )
        offer = Offer(receipt=receipt, receipt_sig=proof.signature)
        if device in certificates:
            peer = msgspec.msgpack.decode(certificates[device], type=Peer)
            offer = replace(
                offer, certificate=peer.certificate, certificate_sig=peer.certificate_sig, age=peer.age
            )
        made.append(offer)
    return made


def settle(book: Book, devices: Iterable[str]) -> None:
    """The server of the present epoch needs nothing more of these."""
    epoch, known = enrolment.standing(book).cursor[0], _known(book)
    for device in devices:
        known[device] = replace(known[device], settled=epoch)
    book.note(_PROOFS, msgspec.msgpack.encode(known))


def _known(book: Book) -> dict[str, Proof]:
    kept = book.about(_PROOFS)
    return msgspec.msgpack.decode(kept, type=dict[str, Proof]) if kept else {}


def _certificates(book: Book) -> Mapping[str, bytes]:
    kept = book.about(_CERTIFICATES)
    return msgspec.msgpack.decode(kept, type=dict[str, bytes]) if kept else {}


def _admitted(book: Book, device: str) -> bool:
    return book.db.execute("SELECT 1 FROM devices WHERE device = ?", [device]).fetchone() is not None
