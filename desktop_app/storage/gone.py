"""The PCs of the union, and what one that is gone had not handed over: named, so that somebody looks for it.

What this book knows of a PC came by the province or by packet; what nobody got, only numbers that are missing tell of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from desktop_app.domain import numbering
from desktop_app.domain.fields import entities
from desktop_app.domain.records import Voucher
from desktop_app.storage import peers, rows
from desktop_app.storage.book import Book
from desktop_app.storage.numbering import pattern
from sync import protocol
from sync.protocol import Malformed


class Pc(NamedTuple):
    """A PC of the union: who wrote last with it and when (ms, 0 unknown), as this book has it; what the province says
    of it. `contact` (ms) and `confirmed` are as of when the list was sent: of a PC in use they may be old.
    """

    device: str
    own: bool
    who: str
    wrote: int
    lease: int
    revoked: bool
    replaced_by: str
    dropped: int
    contact: int
    confirmed: int


@dataclass(frozen=True)
class Left:
    """What a PC had not handed over. `unheard`: kinds and counts of its entries that this book has and the province had
    not, when it told; `drafts`: its vouchers that are not posted; `missing`: numbers nobody has below a series' last;
    `last`: the last number known of each series it counted.
    """

    pc: Pc
    unheard: tuple[tuple[str, int], ...]
    drafts: tuple[Voucher, ...]
    missing: tuple[str, ...]
    last: tuple[str, ...]


def pcs(book: Book) -> list[Pc]:
    """Every PC of the union as the server listed them last, this one first."""
    found = []
    for peer in peers.known(book):
        device = peer.certificate.device
        who, wrote = _last(book, device)
        found.append(
            Pc(device, device == book.device, who, wrote, peer.lease, peer.revoked, peer.replaced_by, peer.dropped,
               peer.contact, peer.dseq)
        )  # fmt: skip
    return sorted(found, key=lambda pc: not pc.own)


def left(book: Book, pc: Pc) -> Left:
    """What is known of a PC that is gone."""
    found = book.db.execute("SELECT no FROM devices WHERE device = ?", [pc.device]).fetchone()
    if found is None:
        return Left(pc, (), (), (), ())
    known = entities()
    unheard = tuple(
        (known[name].label if name in known else name, count)
        for name, count in book.db.execute(
            "SELECT entity, count(*) FROM journal WHERE device = ? AND dseq > ? GROUP BY entity ORDER BY 2 DESC, 1",
            [found[0], pc.confirmed],
        )
    )
    own = {
        str(UUID(bytes=record))
        for (record,) in book.db.execute(
            "SELECT DISTINCT record FROM journal WHERE device = ? AND entity = 'voucher'", [found[0]]
        )
    }
    drafts = tuple(one for one in rows.find(book.db, Voucher, "posted = 0 AND retired = 0") if one.id in own)
    return Left(pc, unheard, drafts, *_numbers(book, own))


def _numbers(book: Book, own: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Numbers that are missing in the series these vouchers count in, and the last number of each."""
    written = pattern(book)
    given: dict[str, set[int]] = {}
    for number, counterpart in book.db.execute("SELECT number, counterpart FROM vouchers WHERE number <> ''"):
        for one in (number, counterpart):
            series, count = numbering.place(written, one)
            if count:
                given.setdefault(series, set()).add(count)
    counted: dict[str, int] = {}
    for id_ in own:
        voucher = rows.get(book.db, Voucher, id_)
        for one in (voucher.number, voucher.counterpart) if voucher else ():
            series, count = numbering.place(written, one)
            if count:
                counted[series] = max(count, counted.get(series, 0))
    missing = [
        series.format(f"{count:0{written.digits}d}")
        for series, last in sorted(counted.items())
        for count in sorted(set(range(1, last)) - given[series])
    ]
    return tuple(missing), tuple(s.format(f"{last:0{written.digits}d}") for s, last in sorted(counted.items()))


def _last(book: Book, device: str) -> tuple[str, int]:
    """Who wrote the last entry of a device that is here, and when."""
    found = book.db.execute(
        "SELECT whole(j.op, j.record), whole(j.payload, j.record) FROM devices d"
        " JOIN journal j ON j.device = d.no AND j.dseq = d.dseq WHERE d.device = ?",
        [device],
    ).fetchone()
    try:
        op = protocol.decode(device, *found) if found else None
    except Malformed:
        op = None
    return (op.actor, op.hlc >> 16) if op else ("", 0)


