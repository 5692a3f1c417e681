"""The rows of the records that a page of entries touched, as their whole histories tell them now.

Of a record that the page brings first its history is the page's own entries: it is not read back, and such rows are
written all at once. Everything else is told from the journal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.domain.fields import Entity, entities
from desktop_app.storage import journal, pieces, rows, word_index
from desktop_app.storage.book import Book
from sync.protocol import Op

_QUARANTINE_FIELD = (
    "INSERT OR IGNORE INTO quarantine SELECT j.pos, 'field', NULL FROM journal j JOIN devices d ON d.no = j.device"
    " WHERE d.device = ? AND j.dseq = ?"
)
_ASKED = ("identity", "fixed")
"""Fields of these merge rules ask a person when two PCs wrote different values."""

Entries = Sequence[tuple[Op, bytes | None]]


def project(book: Book, touched: Mapping[str, str], first: Mapping[str, Entries]) -> dict[str, date | None]:
    """Write the rows of records (id to entity). `first`: all there is of those that had no entry before.

    Answers the vouchers among them, for `bookings.settle`: the day of one that has a single entry, else None.
    """
    known, new = entities(), dict[str, list[rows.Row]]()
    vouchers: dict[str, date | None] = {}
    for id_, entity in touched.items():
        history = journal.gather(first[id_]) if id_ in first else journal.history(book.db, id_)
        assert history is not None
        declared = known[entity]
        if history.state.erased:
            with book.erasing():
                journal.empty(book.db, id_)
            rows.remove(book.db, declared.record, id_)
        elif not history.hidden:
            record, unread = journal.told(declared, id_, history.state.values)
            if entity == "voucher":
                vouchers[id_] = record.day if len(history.ops) == 1 else None
            if id_ in first:
                new.setdefault(entity, []).append((record, history.state.retired))
            else:
                rows.put(book.db, record, retired=history.state.retired)
                book.db.conn.execute("DELETE FROM overlaps WHERE record = ?", [journal.raw_id(id_)])
            _ask(book, declared, id_, history, unread)
    for entity, made in new.items():
        _put_new(book, known[entity], made)
    if "attachment" in touched.values():
        pieces.sweep(book.db)
    return vouchers


def _put_new(book: Book, declared: Entity, made: Sequence[rows.Row]) -> None:
    """Rows that are not there yet; the index of words takes in all of them at once."""
    if declared.table != "people":
        rows.put_new(book.db, made)
        return
    last = word_index.last(book.db)
    book.index_words(later=True)
    rows.put_new(book.db, made)
    word_index.index_after(book.db, last)
    book.index_words(later=False)


def _ask(book: Book, declared: Entity, id_: str, history: journal.History, unread: Sequence[str]) -> None:
    """Note which fields a person must settle, and which entries say what this program cannot read."""
    for name in history.state.overlaps:
        if name in declared.defaults and declared.field(name).merge in _ASKED:
            book.db.conn.execute("INSERT INTO overlaps VALUES (?, ?, ?)", [journal.raw_id(id_), name, declared.name])
    if history.state.ends:
        raw = journal.raw_id(id_)
        book.db.conn.execute("INSERT INTO overlaps VALUES (?, ?, ?)", [raw, journal.END, declared.name])
    for device, dseq in {head for name in unread for head in history.state.heads[name]}:
        book.db.conn.execute(_QUARANTINE_FIELD, [device, dseq])
