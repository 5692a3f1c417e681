"""A record that one PC ended while another edited it: it stays visible until a person says which holds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from desktop_app.actions.review import telling
from desktop_app.actions.review.task import Choice, Done, Kind, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import Entity, entities
from desktop_app.storage import incoming, journal
from desktop_app.storage.book import Book


def tasks(book: Book) -> Iterator[Task]:
    """A task for each such record: the last edit on the left, the end on the right."""
    for id_, entity in incoming.ended_beside(book):
        declared, history = entities()[entity], journal.history(book.db, id_)
        if history is None or history.hidden:
            continue
        record, _ = journal.told(declared, id_, history.state.values)
        ends = [op for op in history.ops if op.head in history.state.ends]
        known = {head for op in ends for group in op.base for head in group}
        edits = [op for op in history.ops if op.kind == "set" and op.head not in known and op.fields is not None]
        edit, end = max(edits, key=lambda op: op.hlc), max(ends, key=lambda op: op.hlc)
        fields = [field for field in declared.fields if field.name in (edit.fields or {})]
        said = "; ".join(f"{f.label}: {telling.shown(book, f, (edit.fields or {})[f.name])}" for f in fields[:3])
        named = telling.named(book, declared, record)
        choices = [Choice("Giữ lại", partial(_keep, declared=declared, id_=id_, named=named))]
        told = "Một máy bỏ mục này khi máy khác đang sửa nó. 1: mục vẫn còn. "
        if getattr(record, "posted", False):
            told += "Phiếu đã ghi sổ thì không bỏ được; hãy dùng Hủy phiếu."
        else:
            choices.append(Choice("Bỏ", partial(_end, record=record, named=named)))
            told += "2: bỏ hẳn, lịch sử vẫn còn."
        yield Task(
            ("end", entity, id_), named, "Sửa và bỏ", telling.side(book, f"Sửa {said}", edit),
            (telling.side(book, "Bỏ", end),), tuple(choices), told, telling.page_of(entity, id_),
        )  # fmt: skip


def count(book: Book) -> int:
    """How many records are these?"""
    return len(incoming.ended_beside(book))


def _keep(book: Book, _: Any, by: str, *, declared: Entity, id_: str, named: str) -> Done:
    with book.transact("review.keep", by) as transaction:
        _still_open(book, id_)
        transaction.keep(declared, id_)
        return Done(f"{named}: giữ lại.", transaction.changes.entities)


def _end(book: Book, _: Any, by: str, *, record: Any, named: str) -> Done:
    with book.transact("review.end", by) as transaction:
        _still_open(book, record.id)
        transaction.retire(record)
        return Done(f"{named}: đã bỏ.", transaction.changes.entities)


def _still_open(book: Book, id_: str) -> None:
    if not any(id_ == other for other, _ in incoming.ended_beside(book)):
        raise Refused("Mục này đã được xem lại rồi.")


KIND = Kind(tasks, count)
