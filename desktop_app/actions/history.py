"""The history of any record: who set which field, from what to what, when and at which PC, the latest first.

What is sensitive of a person has none here: it is looked at with the right and a reason (`actions.sensitive`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from desktop_app.actions.review import telling
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import Entity, Field, entities
from desktop_app.domain.privacy import NOT_FOR_ALL
from desktop_app.storage import histories, rows, same
from desktop_app.storage.book import Book
from desktop_app.storage.histories import Entry
from sync.protocol import Op

_BY_FIELD = {"closing": "month", "own_rate": "name", "rate": "name"}
MOST = 200
"""Entries a page."""


class Line(NamedTuple):
    """One value that somebody set, as it is read. `overwritten`: another PC wrote the field without having seen it,
    and that value holds.
    """

    when: datetime
    who: str
    pc: str
    field: str
    old: str
    new: str
    overwritten: bool


@dataclass(frozen=True)
class History:
    """A page of the history of a record (`named` as people call it); `next` is where the page before it ends, 0 if the
    record begins on this one.
    """

    named: str
    lines: tuple[Line, ...]
    next: int


def history_of(book: Book, entity: str, id_: str, before: int = 0) -> History:
    """A page of the history of a record: the latest, or the one that ends at `before`.

    Of a person also what was written of whoever was merged into it. A closing is asked for by its month (or year), a
    figure of the rules by its name: their records are never changed, each says the thing anew.

    Raises `Refused` for what is not for all.
    """
    declared = entities()[entity]
    if entity in NOT_FOR_ALL:
        raise Refused(f"{declared.label} chỉ xem được ở phần Riêng tư của hồ sơ, khi có quyền và lý do.")
    ids = _records(book, declared, id_)
    lost = histories.overwritten(book, ids)
    entries = histories.page(book, ids, MOST, before)
    lines = tuple(line for entry in entries for line in _lines(book, declared, entry, lost))
    next_ = min(entry.place for entry in entries) if len(entries) == MOST else 0
    return History(_named(book, declared, id_), lines, next_)


def _records(book: Book, declared: Entity, id_: str) -> list[str]:
    if declared.name in _BY_FIELD:
        return histories.sharing(book, declared, _BY_FIELD[declared.name], id_)
    if declared.name == "person":
        into = rows.survivor(book.db, id_)
        return [into, *same.merged_into(book.db, into)]
    return [id_]


def _named(book: Book, declared: Entity, id_: str) -> str:
    if declared.name == "closing":
        label = Period.parse(id_).label
        return f"Khóa sổ {label[:1].lower()}{label[1:]}"
    if declared.name in _BY_FIELD:
        return declared.label
    return telling.named(book, declared, book.get(declared.record, id_))


def _lines(book: Book, declared: Entity, entry: Entry, lost: frozenset[Any]) -> Iterator[Line]:
    op = entry.op
    when = datetime.fromtimestamp((op.hlc >> 16) / 1000).astimezone()
    pc = "máy này" if op.device == book.device else "máy này, mã cũ" if entry.own else f"máy khác ({op.device[:4]})"
    if op.kind != "set" or op.fields is None:
        told = {"retire": "Bỏ", "erase": "Xóa theo yêu cầu"}.get(op.kind, "(đã xóa hoặc không gửi tới máy này)")
        yield Line(when, op.actor, pc, "", "", told, overwritten=False)
        return
    before = {seen.head: seen for seen in histories.seen(book, {head for group in op.base for head in group})}
    for field in declared.fields:
        if field.name in op.fields:
            old = [before[head] for head in op.heads_of(field.name) if head in before]
            new = _shown(book, field, op.fields[field.name])
            gave_way = (op.head, field.name) in lost
            yield Line(when, op.actor, pc, field.label, _old(book, field, old), new, gave_way)


def _old(book: Book, field: Field, seen: list[Op]) -> str:
    """The value that stood in the field for who wrote."""
    seen = [op for op in seen if field.name in (op.fields or {})]
    if not seen:
        return ""
    shown = max(seen, key=lambda op: (op.hlc, op.head))
    return _shown(book, field, (shown.fields or {})[field.name])


def _shown(book: Book, field: Field, wire: Any) -> str:
    """A value as it is read; of a table of figures the one it holds, or how many."""
    if field.kind == "facts" and isinstance(wire, dict):
        return str(wire["value"]) if set(wire) == {"value"} else f"{len(wire)} mục"
    return telling.shown(book, field, wire)

