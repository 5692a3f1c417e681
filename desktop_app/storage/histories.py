"""Questions about who wrote what of a record, page by page: the newest entries first, each with what its author saw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from desktop_app.domain.fields import Entity
from desktop_app.storage import journal
from desktop_app.storage.book import Book
from sync import merge
from sync.protocol import Head, Op


class Entry(NamedTuple):
    """An entry, its place in this book's journal, and whether its device is, or was, this book's own."""

    place: int
    op: Op
    own: bool


def page(book: Book, records: Sequence[str], most: int, before: int = 0) -> list[Entry]:
    """The newest `most` entries of these records (ids) that came before a place in the journal (0: the newest of all),
    by the time they were written, the latest first.
    """
    found = book.db.execute(
        "SELECT j.pos, d.device, whole(j.op, j.record), whole(j.payload, j.record), d.own"  # noqa: S608
        " FROM journal j JOIN devices d ON d.no = j.device"
        f" WHERE j.record IN ({', '.join('?' * len(records))}) AND j.pos < ? ORDER BY j.pos DESC LIMIT ?",
        [*map(journal.raw_id, records), before or 2**62, most],
    ).fetchall()
    entries = []
    for place, device, raw, payload, own in found:
        entries += [Entry(place, op, bool(own)) for op, _ in journal.read([(device, raw, payload)])]
    return sorted(entries, key=lambda entry: (entry.op.hlc, entry.op.head), reverse=True)


def sharing(book: Book, declared: Entity, field: str, beginning: str) -> list[str]:
    """The ids of an entity's records, ended ones too, whose field begins so: those that are one thing in a list."""
    found = book.db.execute(
        f'SELECT id FROM {declared.table} WHERE substr("{field}", 1, ?) = ?', [len(beginning), beginning]  # noqa: S608
    )
    return [id_ for (id_,) in found]


def seen(book: Book, heads: Iterable[Head]) -> list[Op]:
    """The entries that somebody saw when he wrote, as far as they are here."""
    found = []
    for device, dseq in heads:
        row = book.db.execute(
            "SELECT d.device, whole(j.op, j.record), whole(j.payload, j.record)"
            " FROM journal j JOIN devices d ON d.no = j.device"
            " WHERE d.device = ? AND j.dseq = ?",
            [device, dseq],
        ).fetchone()
        found += [op for op, _ in journal.read([row])] if row else []
    return found


def overwritten(book: Book, records: Iterable[str]) -> frozenset[tuple[Head, str]]:
    """Which values (entry, field) of these records gave way to one that was written without having seen them?"""
    found: set[tuple[Any, str]] = set()
    for record in records:
        found |= merge.overwritten(book.ops_of(record))
    return frozenset(found)
