"""A restored or copied book takes a new device id; what it wrote under its former ids and the server never got is
said again under the new one, so that nothing of it is lost.

Until the server has told what it holds of a former device, nothing of the new one is sent: its chain may still be
written anew. Then, in one commit, every entry the server lacks moves from its old chain to the new, in the order it
was written; the old entries lie in `adopted`, proved like the journal, no longer waiting for anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from desktop_app.storage import journal
from desktop_app.storage.book import Book
from sync import adoption, protocol
from sync.protocol import Head, Malformed

_WRITTEN = (
    "SELECT pos, dseq, entity, record, whole(op, record), whole(payload, record) FROM journal"
    " WHERE device = ? AND dseq >= ? ORDER BY dseq"
)
_AGAIN = "INSERT INTO journal (device, dseq, entity, record, op, payload, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
_KEEP = "INSERT INTO adopted (device, dseq, op, hash, by_device, by_dseq) VALUES (?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True)
class _Written:
    """An entry on its way from one chain to another."""

    no: int
    device: str
    pos: int
    dseq: int
    entity: str
    record: bytes
    op: bytes
    payload: bytes | None
    hash: bytes


def is_due(book: Book) -> bool:
    """Whether former devices of this book have entries that the server is not known to hold."""
    return bool(_tails(book))


def count(book: Book) -> int:
    """How many changes of a restored or copied book were taken over so far?"""
    found: int = book.db.execute(
        "SELECT count(*) FROM adopted a WHERE a.device <> a.by_device AND NOT EXISTS"
        " (SELECT 1 FROM adopted b WHERE b.by_device = a.device AND b.by_dseq = a.dseq)"
    ).fetchone()[0]
    return found


def forked(book: Book, ops: Sequence[tuple[str, bytes, bytes | None]]) -> bool:
    """Whether the server holds other entries of a former device than this book: it is a copy that was written in."""
    waiting = {device: no for no, device, _ in _tails(book)}
    for device, raw, payload in ops:
        if device not in waiting:
            continue
        try:
            dseq = protocol.decode(device, raw, payload).dseq
        except Malformed:
            continue
        held = book.db.execute(
            "SELECT whole(op, record) FROM journal WHERE device = ? AND dseq = ?", [waiting[device], dseq]
        ).fetchone()
        if held is not None and bytes(held[0]) != raw:
            return True
    return False


def adopt(book: Book) -> Mapping[str, str]:
    """Say again, under the present device, what the server lacks of the former ones; inside the caller's commit.

    Answers the touched records with their entities: their rows are to be told anew.
    """
    tails = _tails(book)
    if not tails:
        return {}
    db = book.db.conn
    (no,) = db.execute("SELECT no FROM devices WHERE device = ?", [book.device]).fetchone()
    written = sorted(
        (entry for tail in [*tails, (no, book.device, 1)] for entry in _chained(book, *tail)),
        key=lambda entry: entry.pos,
    )
    secrets = _secrets(book, written)
    with book.adopting():
        places = [(entry.pos,) for entry in written]
        db.executemany("DELETE FROM quarantine WHERE pos = ?", places)
        db.executemany("DELETE FROM journal WHERE pos = ?", places)
    moved: dict[Head, Head] = {}
    kept: list[tuple[Any, ...]] = []
    hash_ = protocol.genesis(book.union_code, book.device)
    for dseq, entry in enumerate(written, 1):
        old, new = (entry.device, entry.dseq), (book.device, dseq)
        moved[old] = new
        private = (entry.payload, secrets.get(entry.record, b""))
        raw = adoption.say_again(old, new, entry.op, private, moved)
        hash_ = protocol.chain(hash_, raw)
        db.execute(_AGAIN, [no, dseq, entry.entity, *journal.as_kept(entry.record, dseq, raw, entry.payload, hash_)])
        kept.append((entry.no, entry.dseq, entry.op, entry.hash, no, dseq))
    db.executemany(_KEEP, sorted(kept, key=lambda row: row[:2]))
    for number, device, first in tails:
        head = journal.hash_at(book.db, device, book.union_code, first - 1)
        db.execute("UPDATE devices SET dseq = ?, hash = ? WHERE no = ?", [first - 1, head, number])
    db.execute("UPDATE devices SET dseq = ?, hash = ? WHERE no = ?", [len(written), hash_, no])
    return {str(UUID(bytes=entry.record)): entry.entity for entry in written}


def _chained(book: Book, no: int, device: str, first: int) -> Iterator[_Written]:
    """The entries of a device from one on, each with its chain's hash."""
    hash_ = journal.hash_at(book.db, device, book.union_code, first - 1)
    for pos, dseq, entity, record, raw, payload in book.db.execute(_WRITTEN, [no, first]):
        hash_ = protocol.chain(hash_, raw)
        yield _Written(no, device, pos, dseq, entity, record, raw, payload, hash_)


def _tails(book: Book) -> list[tuple[int, str, int]]:
    """Former devices of this book (number, id) and the first of their entries the server is not known to hold."""
    return [
        (no, device, first)
        for no, device, first in book.db.execute(
            "SELECT no, device, confirmed + 1 FROM devices WHERE own = 1 AND dseq > confirmed AND device <> ?",
            [book.device],
        )
    ]


def _secrets(book: Book, written: Sequence[_Written]) -> dict[bytes, bytes]:
    """The secret of every private record among these entries, read while all of them are in their places."""
    return journal.secrets_of(book.db, {entry.record for entry in written if entry.payload is not None})
