"""The posting lease: which PC of the union closes months and gives the plain numbers.

The PC that made the book holds number 0 until the server gives numbered ones. A book that was restored or copied
holds none, for the PC it was copied from may live; and who gave the lease up holds it no more from that entry on,
with or without a network: so two PCs never both believe that they hold one number.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.records import LeaseMove
from desktop_app.storage import enrolment, journal, peers, rows
from desktop_app.storage.book import Book
from sync import protocol
from sync.protocol import Malformed


@dataclass(frozen=True)
class Pc:
    """A PC of the union: `who` wrote last with it (of what is known here); `lease` 0 = none."""

    device: str
    who: str
    lease: int
    own: bool
    revoked: bool

    @property
    def name(self) -> str:
        """As a person would call it: "máy 3f9a (Trần Thị Hoa)"."""
        return f"máy {self.device[:4]}{f' ({self.who})' if self.who else ''}"


def held(book: Book) -> int | None:
    """The number of the lease that this PC holds; None if it holds none."""
    if enrolment.last_known(book) is None:
        return 0
    known = enrolment.of(book)
    if known is None or known.lease == 0 or given_up(book, known.lease) is not None:
        return None
    return known.lease


def given_up(book: Book, lease: int) -> LeaseMove | None:
    """This PC's own word that it gave this lease to another, whose number the server has not given yet."""
    for move in rows.find(book.db, LeaseMove, "lease = ? AND giver = ?", [lease, book.device]):
        said = journal.history(book.db, move.id)
        if said is not None and all(op.device == book.device for op in said.ops):
            return move
    return None


def waits_for(book: Book) -> LeaseMove | None:
    """What this PC has given up and the server has not given on yet."""
    known = enrolment.of(book)
    return given_up(book, known.lease) if known is not None and known.lease else None


def pcs(book: Book) -> list[Pc]:
    """The PCs of the union in the order they were enrolled, as the server listed them last."""
    found = []
    for peer in peers.known(book):
        device = peer.certificate.device
        found.append(Pc(device, _last_actor(book, device), peer.lease, device == book.device, peer.revoked))
    return found


def holder(book: Book) -> Pc | None:
    """Which PC holds the lease, as far as is known here; None if none does, or nobody told."""
    known = [pc for pc in pcs(book) if pc.lease and not pc.revoked]
    found = max(known, key=lambda pc: pc.lease, default=None)
    return None if found is not None and found.own and held(book) is None else found


def place(book: Book) -> int:
    """This PC's place among those of the union: 0 = the first; one that is not listed comes after them all."""
    listed = peers.devices(book)
    return listed.index(book.device) if book.device in listed else max(len(listed), 1)


def _last_actor(book: Book, device: str) -> str:
    found = book.db.execute(
        "SELECT whole(j.op, j.record), whole(j.payload, j.record) FROM devices d"
        " JOIN journal j ON j.device = d.no AND j.dseq = d.dseq"
        " WHERE d.device = ?",
        [device],
    ).fetchone()
    try:
        return protocol.decode(device, *found).actor if found else ""
    except Malformed:
        return ""
