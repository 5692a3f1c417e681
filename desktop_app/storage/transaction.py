"""The open door of one verb: a record's row and its journal entry are written together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import Entity, entities, entity_of
from desktop_app.domain.wire import to_wire, value_to_wire
from desktop_app.storage import journal, pieces, rows, same, word_index

if TYPE_CHECKING:
    from desktop_app.storage.book import Book

T = TypeVar("T")
SHUTS = frozenset({"closing", "submission", "verdict"})
"""Records of these kinds say which months are shut, and so in which month a voucher counts."""


@dataclass(frozen=True)
class Changes:
    """What a transaction touched: entity names, and how many journal entries it wrote."""

    entities: frozenset[str]
    entries: int


class Transaction:
    """`save`, `retire` and `erase`, until the book commits."""

    def __init__(self, book: Book, verb: str, actor: str) -> None:
        self.book = book
        self._pen = journal.Pen(book.db, book.device, verb, actor)
        self._touched: set[str] = set()
        self._pairs: set[str] | None = None  # the people of pairs that are settled together
        self._vouchers: dict[str, date | None] = {}
        self._indexed: int | None = None  # the last row in the index of words, while it stands still for many

    @property
    def changes(self) -> Changes:
        """What was touched so far."""
        return Changes(frozenset(self._touched), self._pen.entries)

    def save(self, record: T) -> T:
        """Store a new record, or the changed fields of a known one (nothing if none changed).

        Raises `Refused` if a posted voucher or a sealed submission would change where it may not, if the record
        is too large, or if it was erased.
        """
        self._index()
        declared = entity_of(record)
        plain: Any = record
        before = journal.history(self.book.db, plain.id)
        if before is None:
            values = to_wire(record)
        else:
            if before.hidden:
                raise Refused(f"{declared.label} này đã được xóa theo yêu cầu nên không ghi lại được.")
            written, _ = journal.told(declared, plain.id, before.state.values)
            known = rows.followed(written, lambda id_: rows.survivor(self.book.db, id_))
            changed = [f for f in declared.fields if getattr(record, f.name) != getattr(known, f.name)]
            _refuse_fixed(known, [f.name for f in changed if f.merge == "fixed"])
            if before.state.retired:
                changed = list(declared.fields)
            if not changed:
                return record
            # A person who is read as a survivor stays named as written: only another one is a change.
            told = {f: record if getattr(record, f.name) != getattr(known, f.name) else written for f in changed}
            values = {f.name: value_to_wire(f, getattr(said, f.name)) for f, said in told.items()}
        over = journal.ends_of(before) if before is not None and before.state.retired else ()
        self._pen.append(declared, plain.id, "set", values, before, reach=_reach(record), over=over)
        rows.put(self.book.db, record, new=before is None)
        self._touch(declared, plain.id, plain if before is None else None)
        if declared.name == "person_pair" or over:
            self._regroup(plain.id, declared)
        return record

    def add(self, record: T) -> T:
        """Store a record whose id was made just now (`new_id`), so that nothing is known of it: what an import of
        thousands needs. Raises `Refused` if it is too large.
        """
        declared = entity_of(record)
        plain: Any = record
        if declared.table == "people" and self._indexed is None:
            self._indexed = word_index.last(self.book.db)
            self.book.index_words(later=True)
        self._pen.append(declared, plain.id, "set", to_wire(record), None, reach=_reach(record))
        rows.put(self.book.db, record, new=True)
        self._touch(declared, plain.id, plain)
        return record

    def settle(self, declared: Entity, id_: str, field: str, wire: Any) -> None:
        """Say which of a field's concurrent values holds, by an entry that saw them all; `wire` is one of them."""
        self._index()
        self._pen.append(declared, id_, "set", {field: wire}, journal.history(self.book.db, id_))
        after = journal.history(self.book.db, id_)
        assert after is not None
        record, _ = journal.told(declared, id_, after.state.values)
        rows.put(self.book.db, record, retired=after.state.retired)
        self._touch(declared, id_)
        self._regroup(id_, declared)

    def keep(self, declared: Entity, id_: str) -> None:
        """Say that a record stays which was ended and edited at once, by an entry that saw the end and says one of its
        values again.
        """
        before = journal.history(self.book.db, id_)
        assert before is not None
        values, open_ = before.state.values, before.state.overlaps
        name = min(values, key=lambda name: (name in open_, name not in declared.defaults, name))
        self._pen.append(declared, id_, "set", {name: values[name]}, before, over=before.state.ends)
        self._touch(declared, id_)

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is said in here of who is one person is settled at its end, all at once: what merging hundreds needs."""
        self._pairs = set()
        yield
        people, self._pairs = self._pairs, None
        self._touched.update(same.regroup(self.book.db, people).values())

    def retire(self, record: Any) -> None:
        """End a record: it stays in journal and history, and leaves the lists."""
        self._index()
        declared = entity_of(record)
        self._pen.append(declared, record.id, "retire", {}, journal.history(self.book.db, record.id))
        rows.put(self.book.db, record, retired=True)
        self._touch(declared, record.id)
        self._ended(declared, record.id)

    def erase(self, record: Any) -> None:
        """Take every personal value of a record out of the book for good; that it was, and its hashes, stay.

        Raises `ValueError` for a record whose values stand in the chain itself: those cannot be erased.
        """
        declared = entity_of(record)
        if not declared.private:
            raise ValueError(f"{declared.name} is not private")
        self._index()
        self._pen.append(declared, record.id, "erase", {}, journal.history(self.book.db, record.id))
        with self.book.erasing():
            journal.empty(self.book.db, record.id)
        rows.remove(self.book.db, type(record), record.id)
        self._ended(declared, record.id)

    def finish(self) -> None:
        """Write the chain's head and the clock, and book what was touched; called by the book before its commit."""
        self._index()
        self._pen.finish()
        if self._vouchers or self._touched & SHUTS:
            from desktop_app.storage import bookings  # it asks the book

            bookings.settle(self.book, self._vouchers, shuts=bool(self._touched & SHUTS))

    def _index(self) -> None:
        """The index of words takes in who was added while it stood still."""
        if self._indexed is not None:
            word_index.index_after(self.book.db, self._indexed)
            self.book.index_words(later=False)
            self._indexed = None

    def _touch(self, declared: Entity, id_: str, new: Any = None) -> None:
        self._touched.add(declared.name)
        if declared.name == "voucher":
            self._vouchers[id_] = new.day if new is not None and id_ not in self._vouchers else None

    def _regroup(self, id_: str, declared: Entity) -> None:
        """Who is one person may be settled anew by this record."""
        people = same.concerned(self.book.db, {id_: declared.name})
        if self._pairs is not None:
            self._pairs |= people
            return
        self._touched.update(same.regroup(self.book.db, people).values())

    def _ended(self, declared: Entity, id_: str) -> None:
        self._touched.add(declared.name)
        self._regroup(id_, declared)
        if declared.name == "attachment":
            pieces.sweep(self.book.db)


def _reach(record: Any) -> int:
    """1 if the values of a record stay in this book: of its own kind, or because it belongs to a record that stays."""
    owner = entities().get(getattr(record, "owner_entity", ""))
    return int(entity_of(record).restricted or (owner is not None and owner.restricted))


def _refuse_fixed(known: Any, fixed: list[str]) -> None:
    """Money is append-only: a posted voucher's fixed fields never change, except that it is cancelled once."""
    posted = getattr(known, "posted", None)
    if posted is False or not fixed:
        return
    if posted and fixed == ["cancelled"] and not known.cancelled:
        return
    label = getattr(known, "number", "") or entity_of(known).label
    raise Refused(f"{label} đã ghi sổ nên không sửa được. Hãy dùng Sửa phiếu, Hủy phiếu hoặc lập phiếu điều chỉnh.")
