"""*Cần xem lại*: what two PCs wrote differently of one thing, and the word of a person that settles it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop_app.domain import dates
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import Field, entities, value_from_wire
from desktop_app.domain.records import Person, Voucher
from desktop_app.storage import incoming, journal, twice
from desktop_app.storage.book import Book, Changes
from sync.protocol import Op


@dataclass(frozen=True)
class Said:
    """One of the values: as read, who wrote it and when; `wire` is the value itself."""

    text: str
    who: str
    when: datetime
    wire: Any


@dataclass(frozen=True)
class Question:
    """One field of one record: the value in use for now, and another that was written beside it.

    `money` marks what a choice cannot settle: a posted voucher is corrected by a voucher (Luật Kế toán art. 27).
    """

    entity: str
    record: str
    field: str
    what: str
    label: str
    now: Said
    other: Said
    money: bool
    pair: tuple[str, ...] = ()
    """Two vouchers (now, other) that were given one number: `renumbering.renumber` settles it."""


def questions(book: Book) -> list[Question]:
    """Everything that waits for a person's word, a row for each value beside the one in use."""
    found = [question for id_, entity in incoming.overlapped(book) for question in _of_record(book, id_, entity)]
    for first, *others in twice.numbers(book):
        found += [_of_pair(book, first, other) for other in others]
    return found


def settle(book: Book, question: Question, chosen: Said, by: str) -> Changes:
    """Say which value holds. The other stays in the history. Raises `Refused` for money, or if it is settled."""
    if question.money or question.pair:
        raise Refused("Phiếu đã ghi sổ không sửa bằng cách chọn. Hãy dùng Sửa phiếu, Hủy phiếu hoặc phiếu điều chỉnh.")
    with book.transact("review.settle", by) as transaction:
        open_ = {(each.record, each.field) for each in _of_record(book, question.record, question.entity)}
        if (question.record, question.field) not in open_:
            raise Refused("Mục này đã được xem lại rồi.")
        transaction.settle(entities()[question.entity], question.record, question.field, chosen.wire)
        return transaction.changes


def _of_record(book: Book, id_: str, entity: str) -> Iterator[Question]:
    declared = entities()[entity]
    history = journal.history(book.db, id_)
    if history is None or history.hidden:
        return
    record, _ = journal.told(declared, id_, history.state.values)
    for name, ops in history.state.overlaps.items():
        field = next((known for known in declared.fields if known.name == name), None)
        if field is None or field.merge not in ("identity", "fixed"):
            continue
        now, *others = [_said(book, field, op) for op in ops]
        told = set()
        for other in others:
            if other.text != now.text and other.text not in told:
                told.add(other.text)
                # A number is an attribute of a voucher: choosing between two moves no money.
                money = field.merge == "fixed" and (entity, name) != ("voucher", "number")
                yield Question(entity, id_, name, _named(book, declared.label, record), field.label, now, other, money)


def _of_pair(book: Book, first: str, other: str) -> Question:
    voucher = book.get(Voucher, first)
    number = voucher.number if voucher else ""
    now, beside = _voucher_told(book, first), _voucher_told(book, other)
    return Question("voucher", first, "number", f"Chứng từ {number}", "Trùng số", now, beside, False, (first, other))


def _voucher_told(book: Book, id_: str) -> Said:
    """A voucher as it is told from its twin; who gave it its number, and whether at this PC."""
    voucher, history = book.get(Voucher, id_), journal.history(book.db, id_)
    assert voucher is not None
    assert history is not None
    op = max((op for op in history.ops if "number" in (op.fields or {})), key=lambda op: op.hlc)
    amount = max(sum(line.amount_in for line in voucher.lines), sum(line.amount_out for line in voucher.lines))
    day = dates.show_day(voucher.day) if voucher.day else ""
    when = datetime.fromtimestamp((op.hlc >> 16) / 1000).astimezone()
    pc = "máy này" if op.device == book.device else "máy khác"
    return Said(f"{format_amount(amount)}, {day}, {voucher.text}", f"{op.actor} ({pc})", when, voucher.number)


def _said(book: Book, field: Field, op: Op) -> Said:
    wire = (op.fields or {})[field.name]
    when = datetime.fromtimestamp((op.hlc >> 16) / 1000).astimezone()
    return Said(_shown(book, field, wire), op.actor, when, wire)


def _shown(book: Book, field: Field, wire: Any) -> str:
    try:
        value = value_from_wire(field, wire)
    except ValueError:
        return str(wire)
    if field.kind in ("money", "whole"):
        return format_amount(value)
    if field.kind == "flag":
        return "Có" if value else "Không"
    if field.kind == "day":
        return dates.show_day(value) if value else "(trống)"
    if field.kind in ("birth", "month"):
        return "/".join(reversed(str(value).split("-"))) or "(trống)"
    if field.kind == "rows":
        return f"{len(value)} dòng"
    if field.kind == "ref" and value and field.to:
        return _named(book, "", book.get(entities()[field.to].record, value))
    return str(value) or "(trống)"


def _named(book: Book, label: str, record: Any) -> str:
    """What a person would call it: a name or a number; of what belongs to a person, the person's too."""
    own = next((str(text) for part in ("name", "number", "text", "form") if (text := getattr(record, part, ""))), "")
    person: str = getattr(record, "person", "")
    if not own and person:
        of = book.get(Person, person)
        own = of.name if of else ""
    return f"{label} {own}".strip()
